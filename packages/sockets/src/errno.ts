/** The errors of the socket calls, by their POSIX names. */
export type Errno =
  | "EADDRINUSE"
  | "EADDRNOTAVAIL"
  | "EAGAIN"
  | "EALREADY"
  | "EBADF"
  | "ECONNREFUSED"
  | "ECONNRESET"
  | "EDESTADDRREQ"
  | "EINPROGRESS"
  | "EINVAL"
  | "EISCONN"
  | "ENOBUFS"
  | "ENOTCONN"
  | "EOPNOTSUPP"
  | "EPIPE"
  | "ETIMEDOUT";

/** What a socket call gives back: its value, or an errno. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errno: Errno };

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function failed(errno: Errno): { readonly ok: false; readonly errno: Errno } {
  return { ok: false, errno };
}
