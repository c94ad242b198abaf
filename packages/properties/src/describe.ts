import type { LinkSpec, Scenario, ScenarioHost, Step } from "@synfin/simulator";

/**
 * A scenario as a person would tell it, one line for the link, each host, the
 * faults, and each step:
 *
 *     link: delayUs 50000, loss 1/5
 *     client 192.0.2.1: isns 4294967295; mss 100
 *     at 0 µs: client connect port 80 fromPort 50000
 *     on ESTABLISHED +20000 µs: client send 100
 */
export function describeScenario(scenario: Scenario): string {
  const { hosts, link, script, faults = [], untilUs } = scenario;
  return [
    `link: ${describeLink(link)}`,
    ...hosts.map(describeHost),
    ...(faults.length === 0 ? [] : [`faults: ${faults.join(" ")}`]),
    ...script.map(describeStep),
    ...(untilUs === undefined ? [] : [`until ${untilUs} µs`]),
  ].join("\n");
}

function describeLink(link: LinkSpec): string {
  return words(link, (value) => (Array.isArray(value) ? value.join("/") : String(value)), ", ");
}

function describeHost({ name, address, isns = [], params = {}, reads }: ScenarioHost): string {
  const traits = [
    isns.length === 0 ? "" : `isns ${isns.join(" ")}`,
    words(params, String, ", "),
    reads === false ? "reads when told to" : "",
  ].filter((part) => part !== "");
  return `${name} ${address}${traits.length === 0 ? "" : `: ${traits.join("; ")}`}`;
}

function describeStep(step: Step): string {
  const { host, call, ...rest } = step;
  const { atUs, on, afterUs, ...details } = rest as Record<string, unknown>;
  const cause = typeof on === "object" && on !== null ? words(on, String, " ") : String(on);
  const time = on === undefined ? `at ${atUs} µs` : `on ${cause} +${afterUs ?? 0} µs`;
  return `${time}: ${[host, call, words(details, show, " ")].join(" ").trimEnd()}`;
}

function words(of: object, format: (value: unknown) => string, glue: string): string {
  return Object.entries(of)
    .map(([name, value]) => `${name} ${format(value)}`)
    .join(glue);
}

function show(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
