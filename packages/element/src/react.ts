/**
 * Types of both elements as JSX tags of React 19. A page opts in with
 * `import type {} from "@synfin/element/react"`; there is nothing to run.
 *
 * Names are those of the attributes, which a server renders as well, and of
 * the events: `<tcp-load worker-url="/worker.js" ontcp-end={…} />`.
 */
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type {
  TcpConnection,
  TcpConnectionAttributes,
  TcpConnectionEventMap,
  TcpLoad,
  TcpLoadAttributes,
  TcpLoadEventMap,
} from "./index.ts";

type Listeners<Events> = {
  [Name in keyof Events & string as `on${Name}`]?: ((event: Events[Name]) => void) | undefined;
};

type Tag<Self extends HTMLElement, Attributes, Events> = Omit<
  DetailedHTMLProps<HTMLAttributes<Self>, Self>,
  keyof Attributes
> &
  Attributes &
  Listeners<Events>;

declare module "react" {
  // biome-ignore lint/style/noNamespace: it is React's own, to which tags are added
  namespace JSX {
    interface IntrinsicElements {
      "tcp-connection": Tag<TcpConnection, TcpConnectionAttributes, TcpConnectionEventMap>;
      "tcp-load": Tag<TcpLoad, TcpLoadAttributes, TcpLoadEventMap>;
    }
  }
}
