import { TcpConnection } from "./connection/tcp-connection.ts";
import { define } from "./define-tag.ts";

define("tcp-connection", TcpConnection);

export { TcpConnection };
