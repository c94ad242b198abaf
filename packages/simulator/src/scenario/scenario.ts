import type { FlagName, ProfileName, StateName } from "@synfin/core/tcp";

/** The version of the scenario format that this code reads and writes. */
export const SCENARIO_VERSION = 1;

/**
 * A connection to play: who the hosts are, what lies between them, what their
 * users do and when. Plain JSON, the same for the command line, the element's
 * attribute, a page's inline JSON and a deep link.
 */
export interface Scenario {
  readonly format: "synfin-scenario";
  readonly version: typeof SCENARIO_VERSION;
  /** Lower-case words with hyphens: `four-way-close`. */
  readonly name: string;
  readonly title: Text;
  /** A sentence or two on what there is to see, with the RFC's section. */
  readonly description: Text;
  /** Whose TCP both hosts run; `rfc9293` where nothing is said. */
  readonly profile?: ProfileName;
  /** Exactly two; the first is the one that a ladder draws on the left. */
  readonly hosts: readonly [ScenarioHost, ScenarioHost];
  readonly link: LinkSpec;
  readonly script: readonly Step[];
  /** In the fault grammar; see `Fault`. */
  readonly faults?: readonly string[];
  /** Stop here even if something is still to come; microseconds. */
  readonly untilUs?: number;
}

/** Words in the languages that the elements speak. */
export interface Text {
  readonly en: string;
  readonly ko: string;
}

export interface ScenarioHost {
  readonly name: string;
  readonly address: string;
  /** Initial sequence numbers to use, in order; drawn from the seed when they run out. */
  readonly isns?: readonly number[];
  /** What differs from the profile, such as `{ "delayedAckUs": 40000 }`. */
  readonly params?: Readonly<Record<string, number>>;
  /** `false`: its user reads nothing until a step calls `receive`; otherwise at once. */
  readonly reads?: boolean;
}

/** A link, the same both ways. Chances are ratios: `[1, 50]` is one in fifty. */
export interface LinkSpec {
  /** One-way delay in microseconds. */
  readonly delayUs: number;
  /** Up to so much more, drawn for each transmission. */
  readonly jitterUs?: number;
  readonly loss?: Ratio;
  readonly duplicate?: Ratio;
  readonly reorder?: Ratio;
  readonly corrupt?: Ratio;
}

export type Ratio = readonly [numerator: number, denominator: number];

/**
 * Something that a user does: at a time (`atUs`), or as a reaction, `afterUs`
 * after its own connection has come to a state, or its user has read that
 * many octets in all.
 */
export type Step = When & Action;

export type When =
  | { readonly atUs: number }
  | { readonly on: StateName | { readonly received: number }; readonly afterUs?: number };

export type Action = { readonly host: string } & (
  | { readonly call: "listen"; readonly port: number }
  | { readonly call: "connect"; readonly port: number; readonly fromPort?: number }
  | { readonly call: "send"; readonly bytes: number; readonly urgent?: true }
  /** Reads so many octets, or all that there are. */
  | { readonly call: "receive"; readonly bytes?: number }
  /** Turns keep-alive on for the connection (§3.8.4). */
  | { readonly call: "keep-alive" }
  | { readonly call: "shutdown" }
  | { readonly call: "close" }
  | { readonly call: "abort" }
  | { readonly call: "reboot" }
  | { readonly call: "inject"; readonly segment: InjectedSegment }
);

/** A segment that no machine sent: an old duplicate, or an attacker's. */
export interface InjectedSegment {
  readonly flags: readonly FlagName[];
  readonly seq: number;
  readonly ack?: number;
  readonly length?: number;
  readonly window?: number;
  readonly srcPort: number;
  readonly dstPort: number;
}
