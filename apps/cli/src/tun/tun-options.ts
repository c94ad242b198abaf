import { formatAddress, parseAddress } from "@synfin/core/wire";
import type { LinkSpec } from "@synfin/simulator";
import { UsageError } from "../io.ts";
import { type Given, readOptions } from "../options.ts";
import { parseLink } from "./link-options.ts";

/** What to do with the stack. */
export type Task =
  | { readonly do: "listen"; readonly port: number; readonly mode: "print" | "echo" | "discard" }
  | { readonly do: "serve"; readonly port: number; readonly folder: string }
  | { readonly do: "connect"; readonly host: string; readonly port: number }
  | { readonly do: "fetch"; readonly url: URL; readonly out: string | undefined };

/** What `synfin tun` was asked for. */
export interface TunSettings {
  readonly task: Task;
  readonly address: string;
  readonly prefixLength: number;
  readonly peer: string;
  readonly netns: string | undefined;
  readonly link: LinkSpec | undefined;
  readonly seed: number;
  readonly pcapng: string | undefined;
  readonly states: boolean;
}

const TEXTS = [
  ...["serve", "out", "address", "peer", "netns"],
  ...["loss", "duplicate", "reorder", "delay", "seed", "pcapng"],
] as const;
const SWITCHES = ["echo", "discard", "states"] as const;

/** Reads the arguments, or finds that help is wanted. Throws a `UsageError` for what is wrong. */
export function parseTunOptions(args: readonly string[]): TunSettings | "help" {
  const given = readOptions("tun", args, {
    ...Object.fromEntries(TEXTS.map((name) => [name, { type: "string" } as const])),
    ...Object.fromEntries(SWITCHES.map((name) => [name, { type: "boolean" } as const])),
    help: { type: "boolean", short: "h" },
  });
  if (given.values["help"] === true) return "help";
  const text = (name: string): string | undefined => textOf(given, name);
  const { address, prefixLength } = parseOwn(text("address") ?? "192.0.2.2/24");
  return {
    task: taskOf(given),
    address,
    prefixLength,
    peer: text("peer") ?? firstOther(address, prefixLength),
    netns: text("netns"),
    link: parseLink({
      loss: text("loss"),
      duplicate: text("duplicate"),
      reorder: text("reorder"),
      delay: text("delay"),
    }),
    seed: parseSeed(text("seed") ?? "1"),
    pcapng: text("pcapng"),
    states: given.values["states"] === true,
  };
}

function textOf({ values }: Given, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function taskOf(given: Given): Task {
  const [what, ...rest] = given.positionals;
  switch (what) {
    case "listen":
      return listenTask(given, expect(rest, "listen PORT")[0] ?? "");
    case "connect": {
      const [host = "", port = ""] = expect(rest, "connect HOST PORT");
      return { do: "connect", host: parseHost(host), port: parsePort(port) };
    }
    case "fetch":
      return {
        do: "fetch",
        url: parseUrl(expect(rest, "fetch URL")[0] ?? ""),
        out: textOf(given, "out"),
      };
    default:
      throw new UsageError(
        `tun: ${what === undefined ? "nothing to do" : `cannot "${what}"`}; give one of listen PORT, connect HOST PORT, fetch URL`,
      );
  }
}

/** Exactly as many arguments as the usage names. */
function expect(found: readonly string[], usage: string): readonly string[] {
  if (found.length === usage.split(" ").length - 1) return found;
  const said = found.length === 0 ? "nothing" : `"${found.join(" ")}"`;
  throw new UsageError(`tun: ${said} where it should be: synfin tun ${usage}`);
}

function listenTask(given: Given, portText: string): Task {
  const port = parsePort(portText);
  const folder = textOf(given, "serve");
  const { echo, discard } = given.values;
  const modes = [echo === true, discard === true, folder !== undefined].filter(Boolean);
  if (modes.length > 1) throw new UsageError("tun: give one of --echo, --discard, --serve DIR");
  if (folder !== undefined) return { do: "serve", port, folder };
  if (echo === true) return { do: "listen", port, mode: "echo" };
  return { do: "listen", port, mode: discard === true ? "discard" : "print" };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65535) return port;
  throw new UsageError(`tun: the port is "${text}", but it should be a number from 1 to 65535`);
}

function parseHost(text: string): string {
  const bytes = parseAddress(text);
  if (bytes.ok) return formatAddress(bytes.value);
  throw new UsageError(
    `tun: the host is "${text}", but it should be an IP address such as 192.0.2.1: no names are looked up here`,
  );
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== "http:") {
    throw new UsageError(
      `tun: the URL is "${text}", but it should be one such as http://192.0.2.1:8080/file`,
    );
  }
  parseHost(url.hostname.replace(/^\[|\]$/g, ""));
  return url;
}

function parseOwn(text: string): { address: string; prefixLength: number } {
  const [, host = "", bits] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  const bytes = parseAddress(host);
  if (bits === undefined || !bytes.ok) {
    throw new UsageError(
      `tun: --address is "${text}", but it should be an address with its prefix length, such as 192.0.2.2/24`,
    );
  }
  return { address: formatAddress(bytes.value), prefixLength: Number(bits) };
}

/** The network's first address, or its second one where the first is ours. */
function firstOther(address: string, prefixLength: number): string {
  const parsed = parseAddress(address);
  if (!parsed.ok) return address;
  const bytes = parsed.value.map((octet, index) => {
    const bits = Math.min(8, Math.max(0, prefixLength - 8 * index));
    return octet & (0xff00 >>> bits) & 0xff;
  });
  const last = bytes.length - 1;
  const base = bytes[last] ?? 0;
  bytes[last] = base + 1;
  const first = formatAddress(bytes);
  if (first !== address) return first;
  bytes[last] = base + 2;
  return formatAddress(bytes);
}

function parseSeed(text: string): number {
  const seed = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(
    `tun: --seed is "${text}", but it should be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`,
  );
}
