/**
 * Types of both elements as tags in Vue's templates. A page opts in with
 * `import type {} from "@synfin/element/vue"`; there is nothing to run. Vue
 * itself has to know that they are no components of its own:
 * `compilerOptions.isCustomElement: (tag) => tag.startsWith("tcp-")`.
 */
import type { EmitFn, HTMLAttributes, PublicProps } from "vue";
import type {
  TcpConnection,
  TcpConnectionAttributes,
  TcpConnectionEventMap,
  TcpLoad,
  TcpLoadAttributes,
  TcpLoadEventMap,
} from "./index.ts";

/** What Vue takes for a component: a class whose instances have what a template may write. */
type Tag<Self extends HTMLElement, Attributes, Events> = new () => Self & {
  /** Of the tag in a template; there is no such property. */
  readonly $props: Omit<HTMLAttributes, keyof Attributes> & Attributes & PublicProps;
  /** Of the tag in a template; there is no such method. */
  readonly $emit: EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;
};

declare module "vue" {
  interface GlobalComponents {
    "tcp-connection": Tag<TcpConnection, TcpConnectionAttributes, TcpConnectionEventMap>;
    "tcp-load": Tag<TcpLoad, TcpLoadAttributes, TcpLoadEventMap>;
  }
}
