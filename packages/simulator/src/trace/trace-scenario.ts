import { PROFILES, type Profile, type ProfileName } from "@synfin/core/tcp";
import { DigestObserver } from "../digest/digest-observer.ts";
import type { Fault } from "../fault/fault.ts";
import { formatFault, parseFault } from "../fault/parse-fault.ts";
import type { Scenario, ScenarioHost } from "../scenario/scenario.ts";
import { Script } from "../scenario/script.ts";
import type { HostSpec } from "../world/host.ts";
import type { Observer } from "../world/observer.ts";
import { World } from "../world/world.ts";
import { Recorder } from "./recorder.ts";
import { TRACE_VERSION, type Trace, type TraceHost } from "./trace.ts";

export interface TraceOptions {
  /** An integer from 0 to 2⁵³ − 1; 1 by default. */
  readonly seed?: number;
  /** Faults beside the scenario's own; they come first. */
  readonly faults?: readonly Fault[];
  /** Whose TCP both hosts run, instead of the scenario's own choice. */
  readonly profile?: ProfileName;
  /** Further observers, such as a law that watches the run. */
  readonly observers?: readonly Observer[];
}

/** The seed that is used where none is given. */
export const DEFAULT_SEED = 1;

/**
 * Plays a scenario from its first call to the end and writes everything down.
 * Pure: the same scenario, seed and faults give the same trace, everywhere.
 * Throws where the scenario is not valid; `parseScenario` tells beforehand.
 */
export function traceScenario(scenario: Scenario, options: TraceOptions = {}): Trace {
  const { seed = DEFAULT_SEED, observers = [] } = options;
  const faults = [...(options.faults ?? []), ...ownFaults(scenario)];
  const recorder = new Recorder(scenario.hosts.map((host) => host.name));
  const digest = new DigestObserver(scenario.name, seed);
  const script = new Script(scenario);
  const world = new World({
    seed,
    scenario: scenario.name,
    link: scenario.link,
    faults,
    paranoid: true,
    observers: [recorder, digest, ...observers, script],
  });
  const profile = PROFILES[options.profile ?? scenario.profile ?? "rfc9293"];
  for (const host of scenario.hosts) world.addHost(hostSpec(host, profile));
  script.start(world);
  const cut = runBounded(world, recorder, scenario.untilUs ?? Number.POSITIVE_INFINITY);
  return {
    format: "synfin-trace",
    version: TRACE_VERSION,
    scenario: scenario.name,
    seed,
    profile: profile.name,
    digest: digest.digest.toString(),
    faults: faults.map(formatFault),
    hosts: scenario.hosts.map((host, index) => traceHost(scenario, host, recorder, index)),
    segments: recorder.segments,
    states: recorder.states,
    events: recorder.events,
    endedAtUs: world.nowUs,
    ...(cut ? { cut } : {}),
  };
}

/** More transmissions than anyone can read: a scenario that does not end is stopped here. */
export const MAX_TRANSMISSIONS = 10_000;

/** Runs to the end. @returns whether it was stopped before. */
function runBounded(world: World, recorder: Recorder, untilUs: number): boolean {
  while (world.nextAtUs <= untilUs && world.nextAtUs !== Number.POSITIVE_INFINITY) {
    if (recorder.segments.length >= MAX_TRANSMISSIONS) return true;
    world.step();
  }
  return false;
}

function ownFaults(scenario: Scenario): Fault[] {
  return (scenario.faults ?? []).map((text) => {
    const result = parseFault(text);
    if (!result.ok) throw new Error(`synfin: scenario ${scenario.name}: ${result.message}`);
    return result.value;
  });
}

function hostSpec(host: ScenarioHost, profile: Profile): HostSpec {
  const { ephemeralPorts, params } = profile;
  return { ...host, ephemeralPorts, params: { ...params, ...host.params } };
}

function traceHost(
  scenario: Scenario,
  host: ScenarioHost,
  recorder: Recorder,
  index: number,
): TraceHost {
  const { name, address } = host;
  const sent = recorder.segments.find((segment) => segment.from === name && !segment.injected);
  const heard = recorder.segments.find((segment) => segment.to === name);
  const listens = scenario.script.find((step) => step.call === "listen" && step.host === name);
  const listenPort = listens?.call === "listen" ? listens.port : 0;
  const port = sent?.srcPort ?? heard?.dstPort ?? listenPort;
  return { name, address, port, isns: recorder.isns[index] ?? [], initialState: "CLOSED" };
}
