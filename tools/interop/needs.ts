import { existsSync } from "node:fs";
import {
  type Requirement,
  requireThat,
  requireTool,
  type ToolName,
} from "../testing/requirements.ts";

const TOOLS: readonly ToolName[] = ["ip", "setpriv", "socat", "python3", "curl", "tshark", "nft"];

/**
 * What every test against the kernel needs. Where something is missing, each
 * of these tests is skipped, loudly; in CI that is a failure.
 */
export const interop: Requirement = requireInterop();

function requireInterop(): Requirement {
  const all = [
    ...TOOLS.map((name) => requireTool(name)),
    requireThat(process.getuid?.() === 0, "network namespaces need root; run the tests with sudo"),
    requireThat(
      existsSync("/dev/net/tun"),
      "there is no /dev/net/tun; load it with modprobe tun, or give it to the container",
    ),
  ];
  return { missing: all.some((one) => one.missing), path: "" };
}
