import type { LinkSpec, Scenario, ScenarioHost, Step, Text } from "../scenario.ts";
import { SCENARIO_VERSION } from "../scenario.ts";

/** 192.0.2.0/24 is for documentation (RFC 5737). */
const CLIENT: ScenarioHost = { name: "client", address: "192.0.2.1" };
const SERVER: ScenarioHost = { name: "server", address: "192.0.2.2" };

/** 50 ms each way: far enough apart that an arrow has a slant. */
const LINK: LinkSpec = { delayUs: 50_000 };

export const PORT = 80;

export function ms(milliseconds: number): number {
  return milliseconds * 1000;
}

/** The calls with which most stories begin. */
export const LISTEN: Step = { atUs: 0, host: "server", call: "listen", port: PORT };
export const CONNECT: Step = { atUs: ms(10), host: "client", call: "connect", port: PORT };

interface Parts {
  readonly name: string;
  readonly title: Text;
  readonly description: Text;
  readonly script: readonly Step[];
  readonly client?: Partial<ScenarioHost>;
  readonly server?: Partial<ScenarioHost>;
  readonly faults?: readonly string[];
  readonly untilUs?: number;
}

/** A scenario between the usual client and server over the usual link. */
export function scenario(parts: Parts): Scenario {
  const { name, title, description, script, client, server, faults, untilUs } = parts;
  return {
    format: "synfin-scenario",
    version: SCENARIO_VERSION,
    name,
    title,
    description,
    hosts: [
      { ...CLIENT, ...client },
      { ...SERVER, ...server },
    ],
    link: LINK,
    script,
    ...(faults === undefined ? {} : { faults }),
    ...(untilUs === undefined ? {} : { untilUs }),
  };
}
