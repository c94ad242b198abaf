/**
 * Opens a lab with much going on in it, says where it is, and never closes it:
 * `cleanup.test.ts` kills it.
 */
import { Lab, OURS } from "./lab.ts";

const lab = await Lab.open();
const accepted = lab.accepted(80);
await lab.kernel.connect(OURS, 80);
await accepted;
lab.namespace.start("sleep", "1000");
// It would wait for an answer for ever.
void lab.namespace.run("curl", "-sS", `http://${OURS}/`);
console.log(JSON.stringify({ name: lab.namespace.name, folder: lab.folder }));
