// The one function of React's server that the tests use: @types/react-dom would bring types of
// another React to the root, where a tool of the site finds its own.
declare module "react-dom/server" {
  import type { ReactNode } from "react";

  export function renderToString(element: ReactNode): string;
}
