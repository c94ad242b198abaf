// `npm run sizes`: counts the bytes of what pages load, and writes sizes.json and
// docs/element-sizes.md. A test compares them, so that no file grows unseen.
import { writeFileSync } from "node:fs";
import { here } from "./build/options.mjs";
import { measureSizes } from "./build/sizes.mjs";
import { sizesDocument } from "./build/sizes-document.mjs";

const { sizes, makeup } = await measureSizes();
writeFileSync(here("sizes.json"), `${JSON.stringify(sizes, null, 2)}\n`);
writeFileSync(here("../../docs/element-sizes.md"), sizesDocument(sizes, makeup));
for (const [name, { raw, gzip, most, missed }] of Object.entries(sizes)) {
  const limit = most === undefined ? "" : ` of ${most}${missed === true ? "  MISSED" : ""}`;
  console.log(`${name.padEnd(40)}${String(raw).padStart(8)} ${String(gzip).padStart(7)}${limit}`);
}
