import { PROFILES, type ProfileName } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { expectOracle } from "../support/judge.ts";

const SMALL = { values: { connections: 200 } };

test.each(Object.keys(PROFILES) as ProfileName[])(
  "%s: seven segments for each connection, or six where the FIN carries the ACK",
  (profile) => {
    const { segments = 0 } = expectOracle("steady", { ...SMALL, profile }, { min: 2 });
    expect(segments / 200).toBe(PROFILES[profile].params.delayedAckUs > 0 ? 6 : 7);
  },
);
