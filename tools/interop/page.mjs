import { writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { ROOT } from "../runner/process.mjs";
import { compared, comparisonMarkdown } from "./comparison-table.mjs";

/** The version of the kernel that runs here, without what its packager has added. */
export const KERNEL = `Linux ${/^[\d.]+/.exec(release())?.[0] ?? "of an unknown version"}`;

/**
 * Writes docs/against-the-kernel.md from a run.
 *
 * @param {readonly import("./comparison-table.mjs").ComparedTest[]} tests
 * @returns {boolean} false where there is nothing to write
 */
export function writePage(tests) {
  if (compared(tests).length === 0) return false;
  writeFileSync(join(ROOT, "docs", "against-the-kernel.md"), page(comparisonMarkdown(tests)));
  return true;
}

/** @param {string} table */
function page(table) {
  return `# The load simulator, against the kernel

Written by \`npm run interop -- --page\` (as root), on ${KERNEL}. Each row is a test of
[tools/interop/load.test.ts](../tools/interop/load.test.ts): the same experiment in the bulk
simulator, with the profile \`linux\`, and with Linux's own sockets in a network namespace.

${table}

- **Connect until it fails**: one address connects to one port of another, or to a second one once
  the first fails, 250 times at most. \`net.ipv4.ip_local_port_range\` is narrowed to so many ports
  and \`tcp_tw_reuse\` is 0. So that no ACK that comes late can end a TIME-WAIT (RFC 1337), as
  happened on a busy machine, \`tcp_rfc1337\` is 1. \`bind first\` means \`bind\` to port 0 before
  \`connect\`: then it is \`bind\` that fails.
- **Nobody accepts**: clients connect to a listener with this backlog, one after the other; then
  \`ss\` says what stands where, and \`nstat\` what the server has counted. \`tcp_syncookies\` is 1
  where nothing is said. It makes a difference only where handshakes stay half-open, for which the
  ACKs of the clients are dropped on their way.
- **A SYN into the void**: nft drops every SYN before TCP sees it. Seconds after the first SYN. A
  timer of Linux may ring an eighth late, and this machine a quarter of a second later than that:
  within this the times have to be the same, and no SYN more or less.
`;
}
