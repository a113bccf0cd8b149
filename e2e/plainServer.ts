// A host of files and no more: the built page under /a/b/, no header but the type. Counts what it sends.
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, normalize } from "node:path";
import { createGzip } from "node:zlib";

const DIST = join(import.meta.dirname, "../dist");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export interface PlainServer {
  readonly address: string; // of the page
  /** Bytes of bodies, as sent. */
  sent(): number;
  /** From now on the service worker is another version's. */
  renew(): void;
  close(): Promise<void>;
}

/**
 * @param packs whether texts are sent as gzip, as most hosts do
 * @param port of a server that has been closed; 0: any
 */
export async function servePlainly({ packs = true, port: asked = 0 } = {}): Promise<PlainServer> {
  let sent = 0;
  let isNew = false;
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = /^\/a\/b\/(.*)$/.exec(pathname)?.[1];
    const file = path === undefined ? undefined : join(DIST, normalize(path || "index.html"));
    if (!file?.startsWith(DIST) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    if (isNew && path === "offline.worker.js") {
      response.writeHead(200, { "Content-Type": "text/javascript" });
      response.end(`${readFileSync(file, "utf8")}\n// another version\n`);
      return;
    }
    const { mtime, size } = statSync(file);
    const tag = `"${size}-${mtime.getTime()}"`;
    if (request.headers["if-none-match"] === tag) {
      response.writeHead(304).end();
      return;
    }
    const type = TYPES[extname(file)];
    const packed = packs && type !== undefined;
    response.writeHead(200, {
      ETag: tag,
      "Content-Type": type ?? "application/octet-stream",
      ...(packed && { "Content-Encoding": "gzip" }),
    });
    const body = createReadStream(file);
    const out = packed ? body.pipe(createGzip()) : body;
    out.on("data", (chunk: Buffer) => (sent += chunk.length));
    out.pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(asked, "localhost", resolve));
  const { port } = server.address() as { port: number };
  return {
    address: `http://localhost:${port}/a/b/`,
    sent: () => sent,
    renew: () => void (isNew = true),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
