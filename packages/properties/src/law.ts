/**
 * A law: something that must hold of every subject (a run, a pair of runs, a
 * segment), whatever made it. It stands outside of what it checks, knows
 * nothing of how a run came about, and never changes it.
 */
export interface Law<Subject> {
  /** The name by which a failure calls it. */
  readonly name: string;
  /** Where it is written: `RFC 9293 §3.10.7.4`. */
  readonly source: string;
  /** What it says, in one sentence. */
  readonly says: string;
  /** Needs no `this`: it can be passed on by itself. */
  readonly check: (subject: Subject) => Findings;
}

/** What one check found: where the law was broken, and how often it had anything to say. */
export interface Findings {
  readonly breaches: readonly Breach[];
  /** How often each of the law's premises was met: `{ "FIN sent again": 2 }`. */
  readonly premises: ReadonlyMap<string, number>;
}

/** One step that broke a law. */
export interface Breach {
  readonly law: string;
  /** What is wrong, the value, and what would be right. */
  readonly message: string;
  /** Virtual time in microseconds, where the step has one. */
  readonly atUs?: number;
  /** The host at which it happened. */
  readonly host?: string;
  /** The id of the transmission. */
  readonly segment?: string;
}

/** Where a breach happened. */
export type Place = Omit<Breach, "law" | "message">;

/** Collects the findings of one check. */
export class Notes implements Findings {
  readonly breaches: Breach[] = [];
  readonly premises: Map<string, number> = new Map();
  readonly law: string;

  /** @param law the name of the law that is being checked */
  constructor(law: string) {
    this.law = law;
  }

  /** A premise was met. Naming it with 0 puts it on the list of what can be met. */
  met(premise: string, times = 1): void {
    this.premises.set(premise, (this.premises.get(premise) ?? 0) + times);
  }

  broken(message: string, place: Place = {}): void {
    this.breaches.push({ law: this.law, message, ...place });
  }
}

/** What a law is made of. */
export interface LawParts<Subject> extends Omit<Law<Subject>, "check"> {
  /** The premises that every check counts, be it 0 times. */
  readonly premises: readonly string[];
  /** Looks at the subject and notes what it finds. */
  readonly examine: (subject: Subject, notes: Notes) => void;
}

export function defineLaw<Subject>(parts: LawParts<Subject>): Law<Subject> {
  const { name, source, says, premises, examine } = parts;
  const check = (subject: Subject): Findings => {
    const notes = new Notes(name);
    for (const premise of premises) notes.met(premise, 0);
    examine(subject, notes);
    return notes;
  };
  return { name, source, says, check };
}

/** One line: the law, the step, and what is wrong with it. */
export function formatBreach({ law, message, atUs, host, segment }: Breach): string {
  const where = [
    segment === undefined ? "" : `segment ${segment}`,
    host === undefined ? "" : `at ${host}`,
    atUs === undefined ? "" : `at ${atUs} µs`,
  ].filter((part) => part !== "");
  return `${law}: ${where.length === 0 ? "" : `${where.join(", ")}: `}${message}`;
}
