import { type IncomingMessage, request } from "node:http";
import { ConnectionStream, type RealTimeHost } from "@synfin/tun";

/**
 * Gets a URL over a connection of our own stack, and resolves once the header
 * of the answer is there; its body is a stream (of Content-Length, chunked, or
 * up to the close). Rejects with a `ConnectionError`, or where the answer is
 * no HTTP.
 */
export async function fetchUrl(host: RealTimeHost, url: URL): Promise<IncomingMessage> {
  const address = url.hostname.replace(/^\[|\]$/g, "");
  const connection = await host.connect(address, Number(url.port) || 80);
  const stream = new ConnectionStream(connection);
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      createConnection: () => stream,
      // One request, one connection: the answer ends with a FIN from each side.
      headers: { Connection: "close" },
    });
    asked.on("response", resolve);
    asked.on("error", reject);
    asked.end();
  });
}
