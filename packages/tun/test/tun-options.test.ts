import { describe, expect, test, vi } from "vitest";
import { openTun, type TunOptions } from "../src/index.ts";
import { complaint, requirePrograms } from "../src/programs.ts";
import { checkTunOptions } from "../src/tun-options.ts";

const GOOD: TunOptions = { address: "192.0.2.2", peer: "192.0.2.1", prefixLength: 24 };

describe("what cannot be a TUN interface is one line that says what would be right", () => {
  test("good options are good", () => {
    expect(() => checkTunOptions(GOOD)).not.toThrow();
    const v6 = { address: "2001:db8::2", peer: "2001:db8::1", prefixLength: 64 };
    expect(() => checkTunOptions({ ...v6, netns: "a-b", name: "tun0", mtu: 1280 })).not.toThrow();
  });

  test.each<[Partial<TunOptions>, string]>([
    [{ address: "192.0.2" }, 'address is "192.0.2", but it should be an IP address such as'],
    [{ peer: "peer" }, 'peer is "peer", but it should be an IP address'],
    [{ peer: "2001:db8::1" }, "should be of the same IP version"],
    [{ prefixLength: 32 }, "the prefix length is 32, but it should be from 1 to 31"],
    [{ prefixLength: 0 }, "the prefix length is 0, but it should be from 1 to 31"],
    [{ peer: "192.0.2.2" }, "address and peer are both 192.0.2.2"],
    [{ peer: "192.0.3.1" }, "peer 192.0.3.1 should be in the same network as 192.0.2.2/24"],
    [{ name: "a-name-that-is-too-long" }, 'the interface\'s name is "a-name-that-is-too-long"'],
    [{ name: "up,pi" }, 'the interface\'s name is "up,pi"'],
    [{ netns: "../etc" }, 'the namespace is "../etc"'],
    [{ mtu: 100 }, "the MTU is 100, but it should be from 1280 to 65535"],
  ])("%j", async (wrong, message) => {
    const opening = openTun({ ...GOOD, ...wrong });
    await expect(opening).rejects.toMatchObject({ name: "TunError", problem: "bad-option" });
    await expect(opening).rejects.toThrow(message);
  });
});

describe("what is missing is named, with the package that has it", () => {
  test("a program", () => {
    vi.stubEnv("PATH", "/nowhere");
    expect(() => requirePrograms("socat")).toThrow(
      "socat is not installed; get it with: apt-get install socat",
    );
    vi.unstubAllEnvs();
  });

  test("the right to make interfaces", () => {
    const said = "2026/01/01 E ioctl(5, TUNSETIFF, {...}): Operation not permitted\n";
    expect(complaint("socat", said)).toMatchObject({ problem: "no-right" });
    expect(complaint("socat", said).message).toMatch(/needs CAP_NET_ADMIN; run it as root/);
  });

  test("anything else that a program says, in one line", () => {
    expect(complaint("ip", "\nCannot open network namespace\nusage: …")).toMatchObject({
      problem: "failed",
      message: "ip said: Cannot open network namespace",
    });
  });
});
