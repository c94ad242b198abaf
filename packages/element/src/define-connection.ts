import { TcpConnection } from "./connection/tcp-connection.ts";
import { define } from "./define-tag.ts";

define("tcp-connection", TcpConnection);

/** @public for who loads the file `tcp-connection.js` on demand */
export { TcpConnection };
