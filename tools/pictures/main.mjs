/**
 * `npm run pictures`: takes the pictures of the documents, `docs/images/*.png`, from
 * the elements as they are built now. Look at them before you commit them.
 */
import { join } from "node:path";
import { importTypeScript } from "../runner/import-ts.mjs";
import { build } from "../runner/prepare.mjs";
import { ROOT } from "../runner/process.mjs";

if (!(await build())) process.exit(1);
const { takePictures } = await importTypeScript("tools/pictures/take.ts");
for (const path of await takePictures(ROOT, join(ROOT, "docs/images"))) console.log(path);
