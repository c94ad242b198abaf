import { entriesOf, TAGS } from "./manifest.ts";

/** The names of the events that each element fires, by its tag. */
export type EventNames = Readonly<Record<string, readonly string[]>>;

declare const data: EventNames;

export { data };

export default {
  load: (): EventNames =>
    Object.fromEntries(TAGS.map((tag) => [tag, entriesOf(tag, "events").map(({ name }) => name)])),
};
