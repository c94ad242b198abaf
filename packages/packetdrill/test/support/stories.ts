import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { type Profile, profileParams } from "../../src/index.ts";

const FOLDER = new URL("../scripts/", import.meta.url);

/** The names of our own scripts. */
export const storyNames: readonly string[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".pkt"))
  .sort();

export function story(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

export const stories: readonly string[] = storyNames.map(story);

export function profile(name: string): Profile {
  const found = profileParams(name);
  if (found === undefined) throw new Error(`there is no profile ${name}`);
  return found;
}

/** Stories with pieces cut out and others put in. */
export const mangled: fc.Arbitrary<string> = fc
  .record({
    text: fc.constantFrom(...stories),
    cuts: fc.array(fc.record({ at: fc.nat(4000), length: fc.nat(12), put: fc.string() }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ text, cuts }) =>
    cuts.reduce((before, { at, length, put }) => {
      const place = at % (before.length + 1);
      return before.slice(0, place) + put + before.slice(place + length);
    }, text),
  );

/** Stories in which some lines are missing, doubled or exchanged. */
export const shuffled: fc.Arbitrary<string> = fc
  .record({
    text: fc.constantFrom(...stories),
    moves: fc.array(fc.record({ from: fc.nat(40), count: fc.nat(2), to: fc.nat(40) }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ text, moves }) => {
    const lines = text.split("\n");
    for (const { from, count, to } of moves) {
      const taken = lines.splice(from % lines.length, count);
      lines.splice(to % (lines.length + 1), 0, ...taken, ...taken.slice(1));
    }
    return lines.join("\n");
  });

/** Stories in which some figures are others. */
export const misnumbered: fc.Arbitrary<string> = fc
  .record({
    text: fc.constantFrom(...stories),
    changes: fc.array(fc.record({ at: fc.nat(400), digit: fc.nat(9) }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ text, changes }) => {
    const places = [...text.matchAll(/\d/g)].map((match) => match.index);
    return changes.reduce((before, { at, digit }) => {
      const place = places[at % places.length] ?? 0;
      return before.slice(0, place) + String(digit) + before.slice(place + 1);
    }, text);
  });
