// A server in the hub's URL shape for tests: redirects to a content host, knows ranges, and misbehaves when told to.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FolderFiles } from "./checkpointFolder.ts";

/** How weights (.safetensors) are answered; other files always come whole. `asked` counts from 1. */
export interface Behaviour {
  readonly cutAfter?: (asked: number) => number; // bytes sent before the connection breaks
  readonly ranges?: boolean;
  readonly status?: (asked: number) => number | undefined;
  readonly etag?: (asked: number) => string;
  readonly headers?: Readonly<Record<string, string>>; // in place of what would be right
}

export interface HubServer {
  readonly url: string;
  readonly asked: string[]; // "name" or "name bytes=5-", in the order of requests
  behaviour: Behaviour; // may be changed between requests
  close(): Promise<void>;
}

/** A client drops what it has not read when a connection breaks: it gets this long to read. */
const ARRIVAL_MS = 100;

/** Serves one folder as owner/name at every revision: …/owner/name/resolve/REVISION/FILE redirects to /cdn/FILE. */
export async function startHubServer(files: FolderFiles, behaviour: Behaviour = {}): Promise<HubServer> {
  const asked: string[] = [];
  let weights = 0;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = decodeURIComponent(request.url ?? "");
    const named = /^\/owner\/name\/resolve\/(?:main|v1|refs\/pr\/1|[0-9a-f]{40})\/(.*)$/.exec(url)?.[1];
    if (named !== undefined) {
      response.writeHead(302, { location: `/cdn/${named}` }).end();
      return;
    }
    const name = url.replace("/cdn/", "");
    const content = files[name];
    if (content === undefined) {
      response.writeHead(404, "Entry not found").end();
      return;
    }
    const { cutAfter, ranges = true, status, etag = () => '"1"', headers } = hub.behaviour;
    const { range } = request.headers;
    asked.push(`${name}${range ? ` ${range}` : ""}`);
    const isWeights = name.endsWith(".safetensors");
    if (isWeights) weights++;
    const refused = isWeights ? status?.(weights) : undefined;
    if (refused !== undefined) {
      response.writeHead(refused, { "retry-after": "0" }).end();
      return;
    }
    const text = typeof content === "string" ? content : JSON.stringify(content);
    const body = content instanceof Uint8Array ? content : Buffer.from(text);
    const from = ranges && range ? Number(/\d+/.exec(range)![0]) : 0;
    const rest = body.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": rest.length,
      etag: isWeights ? etag(weights) : '"s"',
      ...(from > 0 && { "content-range": `bytes ${from}-${body.length - 1}/${body.length}` }),
      ...(isWeights && headers),
    });
    const sent = (isWeights && cutAfter?.(weights)) || Infinity;
    if (rest.length <= sent) {
      response.end(rest);
      return;
    }
    response.write(rest.subarray(0, sent), () => setTimeout(() => response.destroy(), ARRIVAL_MS));
  };
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hub: HubServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    behaviour,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return hub;
}
