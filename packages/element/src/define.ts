import { TcpConnection } from "./connection/tcp-connection.ts";
import { TcpLoad } from "./load/tcp-load.ts";

define("tcp-connection", TcpConnection);
define("tcp-load", TcpLoad);

/**
 * Registers a tag that is still free. A second copy of this module must not
 * throw: that would take the page's whole bundle down with it. In Node there
 * is no registry, and nothing to do.
 */
function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === "undefined" || customElements.get(tag) !== undefined) return;
  customElements.define(tag, element);
}
