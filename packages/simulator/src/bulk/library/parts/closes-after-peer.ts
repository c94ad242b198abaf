import type { Application } from "../../application.ts";
import type { Cell } from "../../cell.ts";
import type { End } from "../../connections.ts";
import type { BulkHost } from "../../host.ts";
import { PORT } from "./crowd.ts";

/** A server that reads what comes, says nothing, and closes when its peer has closed. */
export const closesAfterPeer: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT);
  },
  peerClosed(cell: Cell, end: End): void {
    cell.close(end);
  },
};
