/**
 * What the first scenario never comes to goes into a part of its own, which all the others
 * bring along: functions behind a gate, and with each what only it uses; and what only the
 * parts are given. In the machine stands a variable for it, which the part fills.
 */
import { isData, neededBy } from "./cut.mjs";

/** @typedef {import("./cut.mjs").Statement} Statement */

/**
 * What a run of the first scenario does not call: it sends no text, bounds no backlog, and no
 * host or link of it is asked for what others ask of theirs. Nor does it take a result back.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const GATES = {
  "core/src/tcp/arrives/peer-syn.ts": ["takeUserTimeout"],
  "core/src/tcp/arrives/text.ts": ["take"],
  "core/src/tcp/arrives/time-wait.ts": ["takeOver"],
  "core/src/tcp/arrives/urgent.ts": ["checkUrgent"],
  "core/src/tcp/held.ts": ["addSackBlocks", "hold", "release", "sackSize"],
  "core/src/tcp/profiles.ts": ["PROFILES"],
  "core/src/tcp/timeouts.ts": ["keepAliveTimeout"],
  "core/src/tcp/transmit.ts": ["probe"],
  "core/src/tcp/user-calls.ts": ["send", "receive", "setKeepAlive"],
  "simulator/src/bulk/binding.ts": ["isPortInUse"],
  "simulator/src/bulk/bottleneck.ts": ["Bottleneck"],
  "simulator/src/bulk/challenge-limit.ts": ["ChallengeLimit"],
  "simulator/src/bulk/full-queues.ts": ["FullQueues"],
  "simulator/src/bulk/linux-ports.ts": ["everySecond"],
  "simulator/src/bulk/watch/watched-arrivals.ts": ["WatchedArrivals"],
  "simulator/src/bulk/watch/watched-steps.ts": ["WatchedSteps"],
  "simulator/src/stats/histogram.ts": ["contradiction"],
  "sockets/src/backlog.ts": ["onSyn"],
};

/**
 * Data that the page would ask for alone: it has that twice instead, for no one can tell.
 *
 * @param {readonly Statement[]} all
 * @param {readonly string[]} asked what the worker asks for
 * @param {readonly string[]} toPage what the page asks for
 * @returns {Statement[]} and the data that this is made of, where the worker has no need of it
 */
export function pageData(all, asked, toPage) {
  const isGate = gatesIn(all);
  const needed = neededBy(all.filter((one) => !isGate.has(one)).map(quiet), asked);
  const names = new Set([...needed].flatMap(({ declares }) => declares));
  const data = all.filter((one) => isData(one) && !one.declares.some((name) => names.has(name)));
  const twice = neededBy(data, toPage);
  return data.filter((one) => twice.has(one));
}

/** @param {Statement} one */
const quiet = (one) => (one.module === FOR_PARTS ? { ...one, says: new Set() } : one);

/** The list of what parts are given, which asks for nothing by itself. */
const FOR_PARTS = "synfin:synfin:shelf";

/**
 * @typedef {object} Lent
 * @property {readonly Statement[]} machine what the worker has at once
 * @property {readonly Statement[]} lent what the part brings
 * @property {readonly string[]} borrowed what the machine uses of that
 * @property {readonly string[]} used what that uses of the machine
 *
 * @param {readonly Statement[]} all
 * @param {readonly string[]} roots what the worker and the page ask for
 * @returns {Lent}
 */
export function lend(all, roots) {
  const isGate = gatesIn(all);
  const open = all.filter((one) => !isGate.has(one));
  const looked = new Map(open.map((one) => [quiet(one), one]));
  const needed = neededBy([...looked.keys()], roots);
  const machine = [...needed].flatMap((one) => looked.get(one) ?? []);
  const lent = all.filter((one) => !machine.includes(one));
  return {
    machine: all.filter((one) => machine.includes(one)),
    lent,
    borrowed: said(lent, machine),
    used: said(machine, lent),
  };
}

/** @param {readonly Statement[]} all */
function gatesIn(all) {
  const gates = Object.entries(GATES).flatMap(([file, names]) =>
    names.map((name) => {
      // esbuild adds a number to a name that others have, too.
      const isIt = new RegExp(`^${name}\\d*$`);
      const gate = all.find(
        ({ module, declares }) => module.endsWith(file) && isIt.test(declares[0] ?? ""),
      );
      if (gate === undefined) throw new Error(`there is no ${name} in ${file}`);
      return gate;
    }),
  );
  return new Set(gates);
}

/**
 * @param {readonly Statement[]} some
 * @param {readonly Statement[]} others
 * @returns {string[]} what is declared by some and said by others
 */
function said(some, others) {
  const names = new Set(others.flatMap(({ says }) => [...says]));
  return some.flatMap(({ declares }) => declares).filter((name) => names.has(name));
}
