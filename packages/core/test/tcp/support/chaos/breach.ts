import { flagNames, type Segment } from "@synfin/core/tcp";

/** Something that no TCP may do. What the world did before stands in the replay. */
export function breach(rule: string, segment?: Readonly<Segment>): never {
  if (segment === undefined) throw new Error(rule);
  throw new Error(`${rule}: ${describe(segment)}`);
}

/** The flags and every field that is not zero. */
export function describe(segment: Readonly<Segment>): string {
  const fields = Object.entries(segment)
    .filter(([name, value]) => name !== "flags" && value !== 0)
    .map(([name, value]) => `${name}=${value}`);
  return `<${flagNames(segment.flags).join(",")}> ${fields.join(" ")}`;
}
