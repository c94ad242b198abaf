import type { Application } from "../../application.ts";
import type { Cell } from "../../cell.ts";
import type { End } from "../../connections.ts";
import type { BulkHost } from "../../host.ts";

/** A server that reads what comes, says nothing, and closes at once when its peer has closed. */
export function follower(port: number): Application {
  return {
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, port);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}
