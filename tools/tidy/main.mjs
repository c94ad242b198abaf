/**
 * `npm run tidy`: the rules of the house that no compiler knows. One line for
 * each breach, `file:line: rule: what would be right`; exit code 1 if any.
 *
 *     npm run tidy -- FOLDER     another folder than this repository
 */
import { ROOT } from "../runner/process.mjs";
import { tidy } from "./tidy.mjs";

const { files, rules, breaches } = tidy(process.argv[2] ?? ROOT);
for (const { file, line, rule, message } of breaches) {
  console.error(`${file}:${line}: ${rule}: ${message}`);
}
console.log(`tidy: ${files} files, ${rules} rules, ${breaches.length} breaches`);
process.exitCode = breaches.length === 0 ? 0 : 1;
