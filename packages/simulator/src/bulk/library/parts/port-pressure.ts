import { Purpose } from "../../../random/draw.ts";
import { uniform } from "../../../random/uniform.ts";
import { KeyedWords } from "../../../random/words.ts";
import type { Application } from "../../application.ts";
import type { Cell } from "../../cell.ts";
import { addressOf, type End } from "../../connections.ts";
import type { BulkHost } from "../../host.ts";
import type { BulkPlan } from "../../plan.ts";
import { portHabit } from "../../port-habits.ts";
import { type Settings, settingOf } from "../../scenario.ts";
import { CONSTANT } from "./arrivals.ts";
import { follower } from "./follower.ts";
import { evenTimes, poissonTimes, type Times, warmTimes } from "./open-times.ts";
import { bindsFirst, pools, reuseUs, takenUs } from "./port-pressure.oracle.ts";

const SECOND_US = 1_000_000;
const PORT = 443;
const CLOSE = 0;

/** One client that opens and closes, to one or several servers, as fast as its ports allow. */
export function portPressurePlan(settings: Settings): BulkPlan {
  const { params, name } = settings.profile;
  const periodUs = takenUs(settings);
  const untilUs = settingOf(settings, "periods") * periodUs;
  const holdUs = settingOf(settings, "hold");
  const rate = settingOf(settings, "rate");
  const last = 65_535;
  const ephemeralPorts = [last - settingOf(settings, "ports") + 1, last] as const;
  const client = {
    name: "client",
    params,
    ephemeralPorts,
    ...portHabit(name, bindsFirst(settings)),
    timeWaitReuseUs: reuseUs(settings),
  };
  return {
    cells: 1,
    hosts: ["client", "server"],
    untilUs,
    sampleUs: Math.max(1, Math.ceil(untilUs / 240)),
    connections: Math.floor((rate * untilUs) / SECOND_US),
    cell: () => ({
      hosts: [
        { ...client, application: opener(settings, periodUs) },
        { name: "server", params, ephemeralPorts, application: follower(PORT) },
      ],
      link: { delayUs: settingOf(settings, "delay") },
      whiles: [{ what: CLOSE, afterUs: holdUs }],
    }),
  };
}

/**
 * When calls come. At an even rate the start is a cold one, and what comes of
 * that is the point. A Poisson process would repeat the cold start's square wave
 * for many periods, so it begins with as many ports taken as there will be:
 * `inTurn` calls see to that, and go to all destinations equally often.
 */
function callTimes(settings: Settings, periodUs: number): { times: Times; inTurn: number } {
  const rate = settingOf(settings, "rate");
  if (settingOf(settings, "arrivals") === CONSTANT) {
    return { times: evenTimes(rate), inTurn: Number.POSITIVE_INFINITY };
  }
  const { ports, count } = pools(settings);
  const inTurn = Math.min(count * ports, Math.floor((rate * periodUs) / SECOND_US));
  return { times: warmTimes(inTurn, periodUs, poissonTimes(rate)), inTurn };
}

/** In turn, an even rate is even at each of them; drawn, a Poisson process is one at each. */
function destinationOf(settings: Settings, inTurn: number): (cell: Cell, nth: number) => number {
  const destinations = settingOf(settings, "destinations");
  let words: KeyedWords | undefined;
  return (cell, nth) => {
    if (destinations === 1 || nth < inTurn) return nth % destinations;
    words ??= new KeyedWords(cell.key);
    return uniform(destinations, words.aim(Purpose.CHOICE, nth, 0, 0));
  };
}

/** @param countFromUs calls before this time are the start's */
function opener(settings: Settings, countFromUs: number): Application {
  const holdUs = settingOf(settings, "hold");
  const { times, inTurn } = callTimes(settings, countFromUs);
  const destination = destinationOf(settings, inTurn);
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.laterHost(host, times(cell, 0), 0, 0);
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
      const end = cell.connect(host, addressOf(1, destination(cell, nth)), PORT);
      const nextUs = times(cell, nth + 1) - cell.nowUs;
      if (cell.nowUs >= countFromUs) {
        cell.measures.count("attempts");
        cell.measures.count("counted-us", nextUs);
        if (typeof end === "string") cell.measures.count("refused");
      }
      cell.laterHost(host, nextUs, 0, nth + 1);
    },
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}
