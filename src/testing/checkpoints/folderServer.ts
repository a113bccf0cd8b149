// A folder of this machine as a repository of a hub: its files are streamed, whatever their size. Behaves well always.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

export interface FolderServer {
  readonly url: string;
  readonly asked: string[]; // names of files, in the order of requests
  close(): Promise<void>;
}

/** @param repository owner/name, at every revision */
export async function startFolderServer(repository: string, folder: string): Promise<FolderServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const url = decodeURIComponent(request.url ?? "");
      const [, name] = new RegExp(`^/${repository}/resolve/[^/]+/([\\w./-]+)$`).exec(url) ?? [];
      const file = path.join(folder, name ?? "");
      const found = name === undefined ? undefined : await stat(file).catch(() => undefined);
      if (!found?.isFile()) return void response.writeHead(404, "Entry not found").end();
      asked.push(name!);
      const from = Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, {
        "content-length": found.size - from,
        etag: `"${found.size}"`,
        ...(from > 0 && { "content-range": `bytes ${from}-${found.size - 1}/${found.size}` }),
      });
      createReadStream(file, { start: from }).pipe(response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
