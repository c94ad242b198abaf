import { DEFAULT_SEED } from "@synfin/simulator";
import type { TcpConnection } from "./tcp-connection.ts";

/** What a `<tcp-connection>` is without any attribute. */
export const DEFAULTS: Partial<TcpConnection> &
  Pick<TcpConnection, "scenario" | "seed" | "faults"> = {
  scenario: "three-way-handshake",
  seed: DEFAULT_SEED,
  faults: "",
  seq: "relative",
  speed: 1,
  autoplay: false,
  tool: "drop",
  loop: false,
  start: null,
  stop: null,
  view: null,
  src: null,
  link: null,
  _selected: undefined,
  _focused: undefined,
};

/** Gives an element its defaults back where a template has taken a property away. */
export function mend(element: TcpConnection): void {
  element.scenario ??= DEFAULTS.scenario;
  element.seed ??= DEFAULTS.seed;
  element.faults ??= DEFAULTS.faults;
}
