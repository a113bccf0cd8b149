// A page of another site on this machine: its own origin, with what HTML a test gives it.
import { createServer } from "node:http";

export interface OtherSite {
  readonly origin: string;
  close(): Promise<void>;
}

/** @param host "127.0.0.1" is another site than the tests' "localhost" */
export async function serveOtherSite(
  html: (origin: string) => string,
  host = "127.0.0.1",
): Promise<OtherSite> {
  const server = createServer((request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(request.url === "/" ? html(origin) : "");
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as { port: number };
  const origin = `http://${host}:${port}`;
  return {
    origin,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
