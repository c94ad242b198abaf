/**
 * `npm run manifest`: writes packages/element/custom-elements.json from the
 * sources: every attribute, property, method, event, slot, part and custom
 * property of the elements, with what their comments say of them.
 *
 *     --check     writes nothing; exit code 1 if the file is stale
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "../runner/process.mjs";
import { MANIFEST, writeManifest } from "./analyze.mjs";
import { elementsOf } from "./documented.mjs";

const { values } = parseArgs({ options: { check: { type: "boolean" } } });
const path = join(ROOT, MANIFEST);
const text = await writeManifest();
const isStale = !existsSync(path) || readFileSync(path, "utf8") !== text;

if (values.check !== true) writeFileSync(path, text);
else if (isStale) {
  console.error(`${MANIFEST} is stale: npm run manifest`);
  process.exitCode = 1;
}
for (const { tagName, members, attributes, events, cssParts, cssProperties } of elementsOf(
  JSON.parse(text),
)) {
  const count = (/** @type {readonly unknown[] | undefined} */ list) => list?.length ?? 0;
  console.log(
    `<${tagName}>: ${count(attributes)} attributes, ${count(members)} properties and methods, ` +
      `${count(events)} events, ${count(cssParts)} parts, ${count(cssProperties)} custom properties`,
  );
}
