import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Connection, ConnectionStream } from "@synfin/tun";

/**
 * HTTP/1.1 for the files of a folder, over connections of our own stack: GET
 * and HEAD, `index.html` for a folder, nothing outside of it, whichever way a
 * path or a link tries. Rejects where there is no such folder.
 */
export async function folderServer(folder: string): Promise<(connection: Connection) => void> {
  const root = await realpath(folder);
  if (!(await stat(root)).isDirectory()) throw new Error(`${folder} is no folder`);
  const server: Server = createServer((request, response) => {
    answer(root, request, response).catch(() => response.destroy());
  });
  return (connection) => {
    const stream = new ConnectionStream(connection);
    // Whoever goes away in the middle has no use for an answer.
    stream.on("error", () => undefined);
    server.emit("connection", stream);
  };
}

async function answer(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    refuse(response, 405, "only GET and HEAD");
    return;
  }
  const file = await find(root, request.url ?? "/");
  if (file === undefined) {
    refuse(response, 404, "no such file");
    return;
  }
  response.writeHead(200, {
    "Content-Length": file.size,
    "Content-Type": "application/octet-stream",
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(file.path, { end: Math.max(0, file.size - 1) }), response);
}

function refuse(response: ServerResponse, status: number, why: string): void {
  const body = `${why}\n`;
  response.writeHead(status, {
    "Content-Length": Buffer.byteLength(body),
    "Content-Type": "text/plain",
  });
  response.end(body);
}

/** The file that a request names, if it is one and lies in the folder. */
async function find(
  root: string,
  target: string,
): Promise<{ path: string; size: number } | undefined> {
  try {
    const { pathname } = new URL(target, "http://host");
    const wanted = join(root, decodeURIComponent(pathname));
    const path = await realpath(pathname.endsWith("/") ? join(wanted, "index.html") : wanted);
    const { size, isFile } = await inspect(path);
    return isFile && path.startsWith(root + sep) ? { path, size } : undefined;
  } catch {
    // A path that cannot be decoded, or that leads nowhere.
    return undefined;
  }
}

async function inspect(path: string): Promise<{ size: number; isFile: boolean }> {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile() };
}
