/** Why there is no TUN interface. */
export type TunProblem =
  /** Addresses or names that cannot be. */
  | "bad-option"
  /** The kernel has no `/dev/net/tun`. */
  | "no-device"
  /** A program is not installed. */
  | "no-program"
  /** Making interfaces needs CAP_NET_ADMIN. */
  | "no-right"
  /** Anything else that a program said. */
  | "failed";

/** What went wrong with a TUN interface; the message is one line that says what would be right. */
export class TunError extends Error {
  override readonly name = "TunError";
  readonly problem: TunProblem;

  constructor(problem: TunProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
