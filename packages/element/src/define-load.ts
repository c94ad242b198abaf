import { define } from "./define-tag.ts";
import { TcpLoad } from "./load/tcp-load.ts";

define("tcp-load", TcpLoad);
