import { createServer, type IncomingMessage, type RequestListener, request } from "node:http";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterEach, describe, expect, test } from "vitest";
import { ConnectionStream, type RealTimeHost } from "../src/index.ts";
import { joinedHosts, SERVER } from "./memory-wire.ts";

const open: RealTimeHost[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((host) => host.close()));
});

/** An HTTP server of Node's on one of our hosts; resolves to the other host. */
function serve(listener: RequestListener): RealTimeHost {
  const { client, server } = joinedHosts();
  open.push(client, server);
  const http = createServer(listener);
  server.listen(80, (connection) => http.emit("connection", new ConnectionStream(connection)));
  return client;
}

async function get(host: RealTimeHost, path: string): Promise<IncomingMessage> {
  const stream = new ConnectionStream(await host.connect(SERVER, 80));
  return new Promise((resolve, reject) => {
    const asked = request({ path, host: SERVER, createConnection: () => stream });
    asked.on("response", resolve).on("error", reject).end();
  });
}

async function body(answer: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of answer) text += chunk;
  return text;
}

describe("Node's HTTP over connections of ours", () => {
  test("an answer with a Content-Length", async () => {
    const host = serve((_request, response) => {
      response.setHeader("Content-Length", 5);
      response.end("hello");
    });
    const answer = await get(host, "/");
    expect(answer.headers["content-length"]).toBe("5");
    await expect(body(answer)).resolves.toBe("hello");
  });

  test("an answer in chunks", async () => {
    const host = serve((_request, response) => {
      response.write("one ");
      setImmediate(() => response.end("two"));
    });
    const answer = await get(host, "/");
    expect(answer.headers["transfer-encoding"]).toBe("chunked");
    await expect(body(answer)).resolves.toBe("one two");
  });

  test("an answer that ends with the connection", async () => {
    const host = serve((_request, response) => {
      response.useChunkedEncodingByDefault = false;
      response.setHeader("Connection", "close");
      response.end("until the FIN");
    });
    const answer = await get(host, "/");
    expect(answer.headers).not.toHaveProperty("content-length");
    await expect(body(answer)).resolves.toBe("until the FIN");
  });

  test("a megabyte through pipelines, with a reader that is slow", async () => {
    const { client, server } = joinedHosts();
    open.push(client, server);
    let received = 0;
    const done = new Promise<void>((resolve, reject) => {
      const slow = new Writable({
        highWaterMark: 1000,
        write: (chunk: Buffer, _encoding, next) => {
          received += chunk.length;
          setImmediate(next);
        },
      });
      server.listen(9, (connection) => {
        pipeline(new ConnectionStream(connection), slow).then(resolve, reject);
      });
    });
    const stream = new ConnectionStream(await client.connect(SERVER, 9));
    await pipeline(Readable.from([Buffer.alloc(1_000_000)]), stream, { end: true });
    await done;
    expect(received).toBe(1_000_000);
  });

  test("a stream that is destroyed early resets the connection", async () => {
    const { client, server } = joinedHosts();
    open.push(client, server);
    server.listen(9, (connection) => new ConnectionStream(connection).destroy());
    const connection = await client.connect(SERVER, 9);
    await expect(connection.closed).resolves.toBe("ECONNRESET");
  });
});
