import { parseScenario, type Scenario, scenarios, traceScenario } from "@synfin/simulator";
import { describe, expect, test } from "vitest";

/** The first scenario, copied as JSON would, with the value at one place replaced. */
function broken(place: string, value: unknown): string {
  const copy: unknown = JSON.parse(JSON.stringify(scenarios[0]));
  const keys = place.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[last] = value;
  const result = parseScenario(copy);
  return result.ok ? "no complaint" : result.message;
}

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  "%s survives being written as JSON and read again",
  (_name, scenario: Scenario) => {
    const result = parseScenario(JSON.parse(JSON.stringify(scenario)));
    expect(result).toEqual({ ok: true, value: scenario });
    if (result.ok) expect(traceScenario(result.value)).toEqual(traceScenario(scenario));
  },
);

describe("a broken scenario is refused, with the place and what would be right", () => {
  test.each<[string, string, unknown, string]>([
    ["a negative delay", "link.delayUs", -1, "link.delayUs: Invalid value: Expected >=0"],
    ["a chance above one", "link.loss", [3, 2], "link.loss: at most one: [1, 50]"],
    [
      "no address",
      "hosts.0.address",
      "x",
      'hosts.0.address: an IPv4 or IPv6 address, such as 192.0.2.1, not "x"',
    ],
    [
      "a name with capitals",
      "name",
      "My close",
      'name: lower-case words with hyphens, not "My close"',
    ],
    ["two IP versions", "hosts.0.address", "2001:db8::1", "addresses of one IP version"],
    ["one address twice", "hosts.0.address", "192.0.2.2", "two different addresses"],
    ["one name twice", "hosts.0.name", "server", "hosts: two different names"],
    ["an unknown call", "script.0.call", "foo", 'script.0.call: Invalid type: Expected ("listen"'],
    ["an unknown host", "script.0.host", "proxy", 'one of the two, client or server, not "proxy"'],
    ["no time and no cause", "script.0.atUs", undefined, 'script.0: either "atUs" or "on"'],
    ["a bad fault", "faults", ["drop"], 'faults.0: bad fault "drop"'],
    [
      "an unknown parameter",
      "hosts.1.params",
      { foo: 1 },
      '"foo" is no parameter; there are mslUs',
    ],
    [
      "an ACK delayed too long (MUST-40)",
      "hosts.1.params",
      { delayedAckUs: 500_000 },
      "delayedAckUs is 500000, but it should be an integer from 0 to 499999",
    ],
    ["a delay beside a time", "script.0.afterUs", 5, 'with "afterUs" only beside "on"'],
    ["a third host", "hosts.2", { name: "proxy", address: "192.0.2.3" }, "hosts.2"],
    [
      "a fault at no host",
      "faults",
      ["drop:proxy:FIN"],
      "every fault's end should be one of the two",
    ],
    ["a half-hearted reader", "hosts.1.reads", "no", "hosts.1.reads: Invalid type"],
    [
      "reading nothing",
      "script.0",
      { atUs: 0, host: "server", call: "receive", bytes: 0 },
      "script.0.bytes: Invalid value: Expected >=1",
    ],
    ["a field too many", "extra", 1, "extra: Invalid key"],
    ["a later version", "version", 2, "version: Invalid type: Expected 1"],
  ])("%s", (_what, place, value, message) => {
    expect(broken(place, value)).toContain(message);
  });

  test("one IPv6 address in two spellings", () => {
    const [client, server] = scenarios[0]?.hosts ?? [];
    const hosts = [
      { ...client, address: "2001:db8::1" },
      { ...server, address: "2001:db8:0:0::1" },
    ];
    expect(broken("hosts", hosts)).toContain("two different addresses");
  });

  test.each([null, 3, "text", [], {}])("%j is no scenario", (input) => {
    expect(parseScenario(input).ok).toBe(false);
  });
});
