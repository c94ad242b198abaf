/**
 * Something that is going to happen. The four numbers after the time say
 * whose it is and where it stands in that connection's own history, so the
 * order of events depends on the events and never on who was inserted first.
 */
export interface ScheduledEvent {
  readonly atUs: number;
  /** The host at which it happens. */
  readonly host: number;
  /** The connection, see `Datagram.flow`. */
  readonly flow: number;
  /** Who scheduled it: a script (−1) or a host. */
  readonly origin: number;
  /** A number that the origin gives to one event of this connection only. */
  readonly order: number;
  /** Does it. @returns whether anything happened; a timer that was cancelled says no. */
  readonly run: () => boolean;
}

/** Less than 0 where `a` happens before `b`; 0 only for one and the same event. */
export function compareEvents(a: ScheduledEvent, b: ScheduledEvent): number {
  return (
    a.atUs - b.atUs ||
    a.host - b.host ||
    a.flow - b.flow ||
    a.origin - b.origin ||
    a.order - b.order
  );
}
