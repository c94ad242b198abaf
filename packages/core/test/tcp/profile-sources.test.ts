import {
  PARAM_BOUNDS,
  PROFILE_NAMES,
  PROFILE_SOURCES,
  PROFILES,
  RFC9293,
  type TcpParams,
} from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";

describe.each(PROFILE_NAMES)("%s", (name) => {
  const { params } = PROFILES[name];
  const sources = PROFILE_SOURCES[name];

  test("has a source for every value that differs from RFC 9293's", () => {
    const differing = (Object.keys(PARAM_BOUNDS) as (keyof TcpParams)[]).filter(
      (key) => params[key] !== RFC9293[key] && key !== "optionLayout",
    );
    expect(differing.filter((key) => sources[key] === undefined)).toEqual([]);
  });

  test("has a source for its ports and its backlog", () => {
    expect(sources).toHaveProperty("ephemeralPorts");
    expect(sources).toHaveProperty("backlog");
  });

  test("says of each source something that can be looked up or doubted", () => {
    for (const [key, { text, unverified }] of Object.entries(sources)) {
      expect(text, key).toMatch(/^\S.*\S$/);
      // What no one has looked up needs no place to look.
      const named = /RFC|kernel|tcp\.h|\(\d\)|FreeBSD|macOS|Microsoft|freebsd-net|tcp_syn/.test(
        text,
      );
      expect(unverified === true || named, `${key}: ${text}`).toBe(true);
    }
  });
});
