import type { TcpConnection } from "../connection/tcp-connection.ts";
import type { TcpLoad } from "../load/tcp-load.ts";
import type { Language } from "../locale/language.ts";

/** What a template may leave out, or take away again by `undefined`. */
type Optional<Properties> = { [Name in keyof Properties]?: Properties[Name] | undefined };

/** Inherited by everything in the page, so that a template need not name one of ours. */
interface WithLanguage {
  lang?: Language | (string & {}) | undefined;
}

/** The attributes of `<tcp-connection>`, as values of the properties that they set. */
export interface TcpConnectionAttributes
  extends WithLanguage,
    Optional<
      Pick<
        TcpConnection,
        | "scenario"
        | "seed"
        | "faults"
        | "seq"
        | "speed"
        | "autoplay"
        | "tool"
        | "loop"
        | "start"
        | "stop"
        | "view"
        | "src"
        | "link"
      >
    > {}

/** The attributes of `<tcp-load>`, as values of the properties that they set. */
export interface TcpLoadAttributes
  extends WithLanguage,
    Optional<
      Pick<
        TcpLoad,
        | "scenario"
        | "profile"
        | "connections"
        | "rate"
        | "set"
        | "seed"
        | "autorun"
        | "replications"
        | "link"
      >
    > {
  "worker-url"?: TcpLoad["workerUrl"];
}
