import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { TunError } from "./tun-error.ts";

/** The programs that this package runs, and the Debian packages that have them. */
const DEBIAN = { ip: "iproute2", setpriv: "util-linux", socat: "socat" } as const;

/** Throws a `TunError` unless all of these programs are on the PATH. */
export function requirePrograms(...names: readonly (keyof typeof DEBIAN)[]): void {
  for (const name of names) {
    if (isOnPath(name)) continue;
    throw new TunError(
      "no-program",
      `${name} is not installed; get it with: apt-get install ${DEBIAN[name]}`,
    );
  }
}

function isOnPath(name: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs `ip`, in a network namespace or in this one. Rejects with what it complains of. */
export function ip(netns: string | undefined, ...args: readonly string[]): Promise<string> {
  const all = netns === undefined ? args : ["-n", netns, ...args];
  return new Promise((resolve, reject) => {
    execFile("ip", all, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(complaint(`ip ${all.join(" ")}`, stderr.trim() || error.message));
    });
  });
}

/** What a program said, as one line that says what would be right where we know it. */
export function complaint(program: string, said: string): TunError {
  const line = said.split("\n").find((text) => text.trim() !== "") ?? "nothing";
  if (/not permitted|permission denied/i.test(said)) {
    return new TunError(
      "no-right",
      `a TUN interface needs CAP_NET_ADMIN; run it as root, for example with sudo (${program} said: ${line})`,
    );
  }
  return new TunError("failed", `${program} said: ${line}`);
}
