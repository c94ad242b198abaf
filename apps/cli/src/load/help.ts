import { PROFILE_NAMES, PROFILES } from "@synfin/core/tcp";
import {
  BULK_SCENARIOS,
  type BulkScenario,
  checkSettings,
  defaultOf,
} from "@synfin/simulator/bulk";
import { formatTable } from "./format-table.ts";
import { LOAD_FORMATS } from "./load-options.ts";
import { showValue } from "./values.ts";
import { wrapped } from "./wrapped.ts";

/** What `synfin load --help` prints. */
export const LOAD_HELP: string = `usage: synfin load SCENARIO [OPTIONS]
       synfin load --list

Opens many connections in virtual time, says what becomes of them, and holds
that against theory. The same scenario, parameters and seed give the same run,
everywhere and on any number of workers.

  SCENARIO           a name from "synfin load --list"; with --help, what it
                     shows, its parameters, and what it leaves out
  --connections N    how many are opened; short for --set connections=N
  --rate R           how many in a second, such as 500 or 5k
  --set KEY=VALUE    a parameter of the scenario, or one of the machine such
                     as mslUs; may be given again. Values have units: 200ms,
                     20s, 2min, 1%, 10k
  --profile NAME     whose TCP the hosts run:
                     ${PROFILE_NAMES.join(", ")}
  --sysctl FILE      parameters from the output of "sysctl -a"
  --ss FILE          the starting point from the output of "ss -s"
  --seed N           a whole number from 0 on; 1 by default
  --replications N   independent runs, for 99 % intervals; 1 by default
  --workers N        threads that share the work; all cores by default
  --sweep KEY=FROM:TO:STEP
                     a run for each value, as a table and a plot
  --solve KEY --until EXPECTATION
                     the highest value of KEY for which that holds, such as
                     --solve rate --until 'failed < 0.1%'
  --expect EXPECTATION
                     exits with 1 where it does not hold; may be given again
  --sample N         the connection that pcapng and --trace show; 1 by default
  --trace            that connection's whole trace, for <tcp-connection>
  --format FORMAT    ${LOAD_FORMATS.join(", ")};
                     by default what the ending of FILE says, or else table
  --out FILE         write there and not to standard output
  --help             this text

An EXPECTATION compares numbers of the JSON result: 'failed < 0.1%',
'p99(connect) <= 250ms and census.client.TIME-WAIT.peak < 28k'. Ctrl-C ends a
run with what there is.
`;

/** What `synfin load --list` prints: each scenario with its title and parameters. */
export function scenarioList(): string {
  return BULK_SCENARIOS.map(({ name, title, parameters }) => {
    const keys = parameters.map(({ key }) => key).join(", ");
    return `${name}  ${title.en}\n${wrapped(keys, "    ")}\n`;
  }).join("");
}

/** What `synfin load SCENARIO --help` prints. */
export function scenarioHelp(scenario: BulkScenario): string {
  const { name, title, explanation, leavesOut, parameters } = scenario;
  const profile = PROFILES[scenario.profile];
  const rows = parameters.map((parameter) => [
    `  ${parameter.key}`,
    showValue(parameter, defaultOf(parameter, profile)),
    parameter.choices?.join(", ") ??
      `${showValue(parameter, parameter.min)} to ${showValue(parameter, parameter.max)}`,
    parameter.doc.en,
  ]);
  const columns = ["  parameter", "default", "bounds", "what it is"].map((text) => ({
    title: text,
  }));
  return [
    `${name}: ${title.en}\n`,
    `${wrapped(explanation.en)}\n`,
    formatTable(columns, rows),
    `Profile: ${scenario.profile} unless --profile says otherwise.\n`,
    `What theory says:\n${oracleList(scenario)}`,
    `What it leaves out:\n${wrapped(leavesOut.en, "  ")}\n`,
  ].join("\n");
}

function oracleList(scenario: BulkScenario): string {
  const settings = checkSettings(scenario);
  if (!settings.ok) throw new Error(`synfin: ${scenario.name}: ${settings.message}`);
  return scenario
    .oracles(settings.value)
    .map(({ name, claim }) => `${wrapped(`${name}: ${claim.en}`, "  ")}\n`)
    .join("");
}
