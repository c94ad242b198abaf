import {
  CAUSE_NAMES,
  flagNames,
  type StateChange,
  type StateName,
  stateName,
} from "@synfin/core/tcp";
import {
  type Copy,
  type Moment,
  type Observer,
  type Scenario,
  type TraceOptions,
  type Transmission,
  traceScenario,
} from "@synfin/simulator";

/**
 * One line of a figure as RFC 9293 draws them: the state at each end AFTER
 * the departure or arrival of the segment in the middle, `...` where the
 * segment is still in the network, and `--X` where the network lost it.
 */
interface Line {
  left: string;
  leftMark: string;
  middle: string;
  rightMark: string;
  right: string;
}

/** Listens to a run and draws it the way the figures of RFC 9293 §3.5 and §3.6 are drawn. */
class FigureObserver implements Observer {
  readonly lines: Line[] = [];
  private readonly states: [StateName, StateName] = ["CLOSED", "CLOSED"];
  private openDeparture: { line: Line; id: string } | undefined;
  private arrival: { line: Line; id: string } | undefined;

  sent(transmission: Transmission): void {
    const line = this.departure(transmission);
    this.lines.push(line);
    const lost = transmission.copies.every((copy) => copy.verdict === "drop");
    this.openDeparture = lost ? undefined : { line, id: transmission.id };
    this.arrival = undefined;
    if (lost) mark(line, transmission.host, "--X", "");
  }

  arrived(moment: Moment, transmission: Transmission, copy: Copy): void {
    const from = transmission.host;
    // The next thing after a departure is its arrival: both fit on one line.
    const direct = this.openDeparture?.id === transmission.id ? this.openDeparture.line : undefined;
    const line = direct ?? blank(segmentText(transmission));
    if (direct === undefined) this.lines.push(line);
    const note = copy.verdict === "corrupt" ? "XX>" : "-->";
    const arrow = from === 0 ? note : "<--";
    const near = from === 0 ? "-->" : "<--";
    mark(line, from, direct === undefined ? "..." : transmission.injected ? "(old)" : near, arrow);
    this.setState(line, moment.host);
    this.openDeparture = undefined;
    this.arrival = { line, id: transmission.id };
  }

  changed(moment: Moment, change: Readonly<StateChange>): void {
    this.states[moment.host === 0 ? 0 : 1] = stateName(change.to);
    const ownArrival = moment.arrived !== undefined && this.arrival?.id === moment.arrived.id;
    if (ownArrival && this.arrival !== undefined) this.setState(this.arrival.line, moment.host);
    else if (moment.arrived === undefined)
      this.alone(moment.host, `(${CAUSE_NAMES[change.cause]})`);
  }

  /** A change of state that no segment brought: by a call or a timer. */
  private alone(host: number, note: string): void {
    const line = blank(note);
    this.setState(line, host);
    this.lines.push(line);
    this.openDeparture = undefined;
    this.arrival = undefined;
  }

  private departure(transmission: Transmission): Line {
    const line = blank(segmentText(transmission));
    mark(line, transmission.host, transmission.host === 0 ? "-->" : "<--", "...");
    if (transmission.injected) mark(line, transmission.host, "(old)", "...");
    else this.setState(line, transmission.host);
    return line;
  }

  private setState(line: Line, host: number): void {
    if (host === 0) line.left = this.states[0];
    else line.right = this.states[1];
  }
}

function blank(middle: string): Line {
  return { left: "", leftMark: "", middle, rightMark: "", right: "" };
}

/** `near` stands at the sender's side of the line, `far` at the receiver's. */
function mark(line: Line, from: number, near: string, far: string): void {
  line.leftMark = from === 0 ? near : far;
  line.rightMark = from === 0 ? far : near;
}

/** `<SEQ=100><ACK=300><DATA=10><CTL=FIN,ACK>` */
function segmentText(transmission: Transmission): string {
  const { segment } = transmission.datagram;
  const flags = flagNames(segment.flags).filter((name) => name !== "PSH");
  const ack = flags.includes("ACK") ? `<ACK=${segment.ack}>` : "";
  const data = segment.length > 0 ? `<DATA=${segment.length}>` : "";
  return `<SEQ=${segment.seq}>${ack}${data}<CTL=${flags.join(",")}>`;
}

/** The run of a scenario as a figure: lines of equal columns, without trailing blanks. */
export function figure(scenario: Scenario, options: TraceOptions = {}): string {
  const observer = new FigureObserver();
  traceScenario(scenario, { ...options, observers: [observer] });
  const lines = observer.lines.map(({ left, leftMark, middle, rightMark, right }) =>
    [left.padEnd(13), leftMark.padEnd(6), middle.padEnd(42), rightMark.padEnd(4), right]
      .join("")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

/** The same scenario with initial sequence numbers that a reader can follow. */
export function withIsns(
  scenario: Scenario,
  left: readonly number[],
  right: readonly number[],
): Scenario {
  const [a, b] = scenario.hosts;
  return {
    ...scenario,
    hosts: [
      { ...a, isns: left },
      { ...b, isns: right },
    ],
  };
}
