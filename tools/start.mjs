/**
 * `npm start`: on any clone, fresh or not, installs what is missing, builds
 * the site with both elements, and serves it on this machine only.
 *
 *     npm start -- --port 8080
 */
import { createServer } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build, install, requireNode } from "./runner/prepare.mjs";
import { ROOT } from "./runner/process.mjs";

const HOST = "127.0.0.1";
const FIRST_PORT = 5170;
const HELP = `npm start [-- --port N]

Builds the site with both elements and serves it at http://${HOST}:${FIRST_PORT}/,
or at the next free port if that one is taken.

  --port N   serve at port N and nowhere else; 1 to 65535
  --help     show this
`;

requireNode();
process.exitCode = await main();

/** @returns {Promise<number>} the exit code; 0 once the server runs */
async function main() {
  const options = readOptions();
  if (typeof options === "string") return fail(options, 2);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const server = createServer();
  const problem = await listen(server, options.port);
  if (problem !== "") return fail(problem, 1);
  // The port is ours from here on; who asks before the site is built waits for it.
  const failure = await prepare();
  if (failure === "") await serve(server);
  else server.close();
  return failure === "" ? 0 : fail(failure, 1);
}

/** @returns {Promise<string>} what went wrong, or an empty string */
async function prepare() {
  if (!(await install())) return "npm ci failed; what it printed says why.";
  return (await build(["--filter=@synfin/docs"])) ? "" : "The build failed.";
}

/**
 * @returns {{ help: boolean, port: number } | string} port 0 means the first free one; a string
 *   says what is wrong
 */
function readOptions() {
  try {
    const options = /** @type {const} */ ({ port: { type: "string" }, help: { type: "boolean" } });
    const { values } = parseArgs({ options });
    const port = Number(values.port ?? 0);
    const isPort =
      values.port === undefined || (/^\d+$/.test(values.port) && port >= 1 && port <= 65535);
    if (!isPort) return `--port ${values.port}: a port is a number from 1 to 65535.`;
    return { help: values.help ?? false, port };
  } catch (error) {
    return `${/** @type {Error} */ (error).message.split("\n")[0]} See npm start -- --help.`;
  }
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port the only port to try, or 0 for the first free one from FIRST_PORT
 * @returns {Promise<string>} what is wrong, or an empty string
 */
async function listen(server, port) {
  const candidates = port === 0 ? Array.from({ length: 20 }, (_, i) => FIRST_PORT + i) : [port];
  for (const candidate of candidates) {
    const problem = await tryPort(server, candidate);
    if (problem === "") return "";
    if (problem !== "EADDRINUSE") return `Port ${candidate} cannot be used: ${problem}.`;
  }
  return `Port ${candidates.join(", ")} is in use; choose another with npm start -- --port N.`;
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<string>} an empty string, or the error's code
 */
function tryPort(server, port) {
  return new Promise((resolve) => {
    /** @param {NodeJS.ErrnoException} error */
    const refuse = (error) => resolve(error.code ?? error.message);
    server.once("error", refuse);
    server.listen(port, HOST, () => {
      server.off("error", refuse);
      resolve("");
    });
  });
}

/**
 * Serves the built site until Ctrl-C.
 *
 * @param {import("node:http").Server} server that listens
 */
async function serve(server) {
  const { default: sirv } = await import("sirv");
  const files = sirv(join(ROOT, "apps", "docs", ".vitepress", "dist"), { dev: true });
  server.on("request", (request, response) => {
    files(request, response, () => {
      response.writeHead(404).end("There is no such page.\n");
    });
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.log(`\nsynfin is at http://${HOST}:${port}/ (Ctrl-C stops it)`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

/**
 * @param {string} message
 * @param {number} code
 */
function fail(message, code) {
  console.error(message);
  return code;
}
