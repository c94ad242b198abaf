import { describe, expect, test } from "vitest";
import { run } from "../../src/cli.ts";
import { parseTunOptions } from "../../src/tun/tun-options.ts";
import { fakeIo } from "../fake-io.ts";

describe("what synfin tun is asked for", () => {
  test("a port to listen at, and the defaults", () => {
    expect(parseTunOptions(["listen", "80"])).toEqual({
      task: { do: "listen", port: 80, mode: "print" },
      ...{ address: "192.0.2.2", prefixLength: 24, peer: "192.0.2.1", netns: undefined },
      ...{ link: undefined, seed: 1, pcapng: undefined, states: false },
    });
  });

  test.each([
    [["listen", "80", "--echo"], { do: "listen", port: 80, mode: "echo" }],
    [["listen", "80", "--discard"], { do: "listen", port: 80, mode: "discard" }],
    [["listen", "80", "--serve", "dist"], { do: "serve", port: 80, folder: "dist" }],
    [["connect", "2001:DB8::1", "7"], { do: "connect", host: "2001:db8::1", port: 7 }],
    [["fetch", "http://[2001:db8::1]:8080/a?b"], { do: "fetch", out: undefined }],
    [["fetch", "http://192.0.2.1/", "--out", "a"], { do: "fetch", out: "a" }],
  ])("%j", (args, task) => {
    expect(parseTunOptions(args)).toMatchObject({ task });
  });

  test.each([
    ["192.0.2.2/24", "192.0.2.1"],
    ["192.0.2.1/24", "192.0.2.2"],
    ["192.0.2.130/25", "192.0.2.129"],
    ["10.1.2.3/8", "10.0.0.1"],
    ["2001:db8::2/64", "2001:db8::1"],
    ["2001:db8:0:1::1/64", "2001:db8:0:1::2"],
  ])("at %s the peer is %s unless it is said", (address, peer) => {
    expect(parseTunOptions(["listen", "80", "--address", address])).toMatchObject({ peer });
  });

  test("a link, in ratios of integers and microseconds", () => {
    const args = ["--loss", "5%", "--duplicate", "0.25%", "--reorder", "1/20", "--delay", "20ms"];
    expect(parseTunOptions(["listen", "80", ...args])).toMatchObject({
      link: { delayUs: 20_000, loss: [5, 100], duplicate: [25, 10_000], reorder: [1, 20] },
    });
  });
});

describe("what is asked wrongly is one line that says what would be right, and 2", () => {
  test.each([
    ["", "nothing to do; give one of listen PORT, connect HOST PORT, fetch URL"],
    ["serve 80", 'cannot "serve"; give one of listen PORT, connect HOST PORT, fetch URL'],
    ["listen", "nothing where it should be: synfin tun listen PORT"],
    ["connect 192.0.2.1", '"192.0.2.1" where it should be: synfin tun connect HOST PORT'],
    ["listen 0", 'the port is "0", but it should be a number from 1 to 65535'],
    ["listen 65536", 'the port is "65536", but it should be a number from 1 to 65535'],
    ["listen 80 --echo --discard", "give one of --echo, --discard, --serve DIR"],
    ["listen 80 --serve /no-such --echo", "give one of --echo, --discard, --serve DIR"],
    ["connect example.org 80", 'the host is "example.org", but it should be an IP address such as'],
    ["fetch https://192.0.2.1/", 'the URL is "https://192.0.2.1/", but it should be one such as'],
    ["fetch http://example.org/", 'the host is "example.org", but it should be an IP address'],
    ["listen 80 --address 192.0.2.2", '--address is "192.0.2.2", but it should be an address with'],
    ["listen 80 --address 192.0.2.2/33", "the prefix length is 33, but it should be from 1 to 31"],
    ["listen 80 --peer 198.51.100.1", "should be in the same network as 192.0.2.2/24"],
    ["listen 80 --loss 5", '--loss is "5", but it should be a part of all packets, such as 5%'],
    ["listen 80 --loss 101%", '--loss is "101%", but it should be a part of all packets'],
    ["listen 80 --reorder 3/2", '--reorder is "3/2", but it should be a part of all packets'],
    ["listen 80 --delay 20", '--delay is "20", but it should be a time up to 60s, such as 20ms'],
    ["listen 80 --seed -1", '--seed is "-1", but it should be a whole number from 0 to'],
    ["listen 80 --seed x", '--seed is "x", but it should be a whole number from 0 to'],
    ["listen 80 --loss -5%", '--loss is "-5%", but it should be a part of all packets'],
    ["listen 80 --los 5%", "unknown option '--los'; there are --serve, --out, --address"],
    ["listen 80 --pcapng /no/such/file", 'cannot write --pcapng "/no/such/file" (ENOENT'],
  ])("synfin tun %s", async (line, message) => {
    const { io, stdout, stderr } = fakeIo();
    const args = line.split(" ").filter((word) => word !== "");
    expect(await run(["tun", ...args], io)).toBe(2);
    expect(stdout()).toBe("");
    expect(stderr()).toMatch(/^synfin: tun: [^\n]+\n$/);
    expect(stderr()).toContain(message);
  });

  test("--help is no error, and names every option", async () => {
    const { io, stdout } = fakeIo();
    expect(await run(["tun", "--help"], io)).toBe(0);
    const options = ["address", "peer", "netns", "loss", "duplicate", "reorder", "delay", "seed"];
    for (const name of [...options, "pcapng", "states", "echo", "discard", "serve", "out"]) {
      expect(stdout()).toContain(`--${name}`);
    }
  });
});
