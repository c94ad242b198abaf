import fc from "fast-check";

/** Something that a user does some time after the connection is there. */
export interface KernelAct {
  readonly who: "kernel" | "synfin";
  readonly afterMs: number;
  readonly call: "send" | "shutdown" | "abort";
  /** How many, for `send`. */
  readonly octets: number;
}

/** A random connection with the kernel: who opens it, and what both users do. */
export interface KernelTrial {
  readonly kernelConnects: boolean;
  /** In the order of time; each side closes in the end, unless one aborts. */
  readonly acts: readonly KernelAct[];
}

const who = fc.constantFrom("kernel" as const, "synfin" as const);
const afterMs = fc.integer({ min: 0, max: 300 });
const octets = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 20_000 }));

const send = fc.record({ who, afterMs, call: fc.constant("send" as const), octets });

function closing(end: KernelAct["who"]): fc.Arbitrary<KernelAct> {
  const call = fc.oneof(
    { weight: 12, arbitrary: fc.constant("shutdown" as const) },
    { weight: 1, arbitrary: fc.constant("abort" as const) },
  );
  return fc.record({ who: fc.constant(end), afterMs, call, octets: fc.constant(0) });
}

/** A few sends on both sides, and a close on each, at any time and in any order. */
export const kernelTrial: fc.Arbitrary<KernelTrial> = fc
  .record({
    kernelConnects: fc.boolean(),
    sends: fc.array(send, { maxLength: 5 }),
    ends: fc.tuple(closing("kernel"), closing("synfin")),
  })
  .map(({ kernelConnects, sends, ends }) => ({
    kernelConnects,
    acts: [...sends, ...ends].sort((a, b) => a.afterMs - b.afterMs),
  }));
