import "./define-connection.ts";
import "./define-load.ts";
