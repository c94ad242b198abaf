import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import sirv from "sirv";

/** A file server for one test. */
export interface StaticServer {
  /** `http://127.0.0.1:40123`, without a slash at the end. */
  readonly origin: string;
  /** Stops at once, open connections included. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Sent with every answer, such as a Content-Security-Policy. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Answers of the test's own, by path: `{ "/": "<!doctype html>…" }`. They
   * come before files; the type goes by the path's ending, HTML if it has none.
   */
  readonly pages?: Readonly<Record<string, string | Uint8Array>>;
}

const PAGE_TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
};

/** Serves the files below `root` on a free port of 127.0.0.1; unknown paths get 404. */
export async function serveStatic(root: string, options: ServeOptions = {}): Promise<StaticServer> {
  const { headers = {}, pages = {} } = options;
  const files = sirv(root, { dev: true, etag: false });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page !== undefined) sendPage(response, path, page);
    else files(request, response, () => sendNothing(response, path));
  });
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

function sendPage(response: ServerResponse, path: string, page: string | Uint8Array): void {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  response.setHeader("content-type", PAGE_TYPES[ending] ?? "text/html; charset=utf-8");
  response.end(page);
}

function sendNothing(response: ServerResponse, path: string): void {
  response.writeHead(404).end(`no file at ${path}\n`);
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
