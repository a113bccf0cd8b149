// Answers addresses of our own server in which "#" came as %23 with the address that was meant. Knows no other host.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";

/**
 * @param url path and query as they were asked for, still escaped
 * @returns where the link is, on this host: one slash at its start; undefined for any other address
 */
export function linkedPath(url: string): string | undefined {
  const at = /%23(?=[!/]{0,3}\w+(?:=|%3D))/i.exec(url)?.index ?? -1;
  const query = url.indexOf("?");
  if (at < 0 || (query >= 0 && query < at)) return undefined;
  const path = url.slice(0, at).replace(/^[/\\]*/, "/"); // "//host" would be another host
  return `${path}#${url.slice(at + 3)}`;
}

export function linkPaths(): Plugin {
  const answer = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const place = linkedPath(request.url ?? "");
    if (place === undefined) return next();
    response.writeHead(302, { Location: place }).end();
  };
  return {
    name: "link-paths",
    configureServer: ({ middlewares }) => void middlewares.use(answer),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(answer),
  };
}
