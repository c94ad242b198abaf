import { saveFile } from "../connection/save-file.ts";
import { putAddress } from "../links/link-controller.ts";
import type { LoadFormat } from "./load-format.ts";
import { formatSettings } from "./load-link.ts";
import {
  DEFAULT_REPLICATIONS,
  DEFAULT_SCENARIO,
  DEFAULT_SEED,
  type Field,
  type LoadSettings,
  withValue,
} from "./settings.ts";
import type { TcpLoad } from "./tcp-load.ts";

/** What the buttons and inputs do. */
export interface Actions {
  /** Another scenario, with its own defaults. */
  readonly choose: (scenario: string) => void;
  readonly profile: (name: string) => void;
  readonly seed: (value: number) => void;
  readonly set: (field: Field, value: number) => void;
  readonly run: () => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly cancel: () => void;
  /** How many independent runs. */
  readonly replications: (value: number) => void;
  /** Keeps the run to compare with, or lets go of it. */
  readonly keep: () => void;
  readonly save: (format: LoadFormat) => void;
  /** Copies a link that opens with these settings. */
  readonly share: () => void;
  /** Opens a connection by its number, and goes back. */
  readonly open: (nth: number) => void;
  readonly back: () => void;
  /** Further runs, for an interval. */
  readonly more: () => void;
  /** The table of counts, which takes time to make, is open or not. */
  readonly unfold: (isOpen: boolean) => void;
}

/** What the buttons and inputs of an element do: what a script could, too. */
export function actionsOf(element: TcpLoad): Actions {
  return {
    choose: (scenario) => {
      const own = { connections: undefined, rate: undefined, set: undefined, profile: undefined };
      Object.assign(element, own, { scenario });
    },
    profile: (name) => {
      element.profile = name;
    },
    seed: (value) => {
      element.seed = value;
    },
    replications: (value) => {
      element.replications = value;
    },
    set: (field, value) => {
      Object.assign(element, withValue(settingsOf(element), field, value));
    },
    run: () => element.run(),
    pause: () => element.pause(),
    resume: () => element.resume(),
    cancel: () => element.cancel(),
    keep: () => (element.kept === undefined ? element.keep() : element.letGo()),
    save: async (format) => {
      element._notSaved = undefined;
      try {
        const name = element.view.intent?.scenario.name ?? "";
        saveFile(await element.exportAs(format), `${name}.${format}`);
      } catch (error) {
        element._notSaved = error instanceof Error ? error.message : String(error);
      }
    },
    share: async () => {
      await putAddress(await element.toLink());
      element._copied = formatSettings(settingsOf(element));
    },
    open: (nth) => void element.openConnection(nth),
    back: () => element.closeConnection(),
    more: () => element.runMore(),
    unfold: (isOpen) => {
      element._tableOpen = isOpen;
    },
  };
}

/** What an element was set to. Attributes that are taken away are null there. */
export function settingsOf(element: TcpLoad): LoadSettings {
  return {
    scenario: element.scenario ?? DEFAULT_SCENARIO,
    seed: element.seed ?? DEFAULT_SEED,
    replications: element.replications ?? DEFAULT_REPLICATIONS,
    profile: element.profile ?? undefined,
    connections: element.connections ?? undefined,
    rate: element.rate ?? undefined,
    set: element.set ?? undefined,
  };
}
