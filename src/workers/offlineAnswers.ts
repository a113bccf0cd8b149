// What the service worker answers: what is kept of the page, else what its server says, with the headers that let threads
// share memory. Keeps what was used; fetches nothing unasked.
import { isPackedPath, isWeights, type PageFile } from "../core/offline/pageFiles.ts";
import type { KeptPage } from "./offlineClient.ts";

/** There other pages stand under the same address at other times: while a server is there, the document is its own. */
const LOCAL = /^(localhost|127\.[\d.]+|\[::1\])$/;

export interface AnswerPorts {
  readonly base: string; // the page's folder, ending in "/"
  readonly files: readonly PageFile[]; // of this version
  readonly kept: KeptPage;
  readonly fetch: (request: Request) => Promise<Response>;
}

export interface Answers {
  /** Whether the worker answers at all. */
  isOwn(request: Request): boolean;
  /** @param inBackground takes work that the answer does not wait for */
  answer(request: Request, inBackground: (work: Promise<unknown>) => void): Promise<Response>;
}

export function createAnswers({ base, files, kept, fetch }: AnswerPorts): Answers {
  const listed = new Map(files.map((file) => [file.path, file]));
  const isLocal = LOCAL.test(new URL(base).hostname);
  const pathOf = ({ url }: Request) => url.slice(base.length).replace(/[?#].*$/, "") || "index.html";

  const answer: Answers["answer"] = async (request, inBackground) => {
    const path = pathOf(request);
    const file = listed.get(path);
    const here = file && (await kept.find(file).catch(() => undefined)); // storage refused: as if nothing were kept
    const asksFirst = isLocal && request.mode === "navigate";
    if (here && !asksFirst) return here;
    if (file && request.mode !== "navigate") {
      const wasKept = await kept.keepPacked(file).catch(() => false); // storage refused or full
      const now = wasKept ? await kept.find(file) : undefined;
      if (now) return now;
    }
    try {
      const there = await fetch(request);
      if (asksFirst) return there;
      // A document is kept with all that it asks for, or not at all.
      if (file && there.ok && request.mode !== "navigate") {
        const sent = await there.blob();
        const keeping = kept.keepSent(file, sent, there.headers.get("content-type"));
        inBackground(keeping.catch(() => undefined)); // full, or of another version: used as it is
        return new Response(sent, there);
      }
      if (there.status !== 404) return there;
      return (await older(path)) ?? there;
    } catch (error) {
      const before = here ?? (await older(path));
      if (before) return before;
      // The lab's own document is no page that is not there: it was not kept yet.
      if (request.mode === "navigate") return (!file && (await older("404.html"))) || notKept();
      throw error;
    }
  };
  const older = (path: string) => kept.findAny(path).catch(() => undefined);

  return {
    isOwn(request) {
      const { method, url, headers, cache } = request;
      if (method !== "GET" || !url.startsWith(base) || headers.has("range")) return false;
      const path = pathOf(request);
      return !isWeights(path) && !isPackedPath(path) && cache !== "only-if-cached";
    },
    answer: async (request, inBackground) =>
      isolated(await answer(request, inBackground), request.destination),
  };
}

/** What may hold shared memory: a document and its workers, on a host that sets no headers, too. */
const ISOLATED: readonly RequestDestination[] = ["document", "iframe", "worker"];

function isolated(response: Response, destination: RequestDestination): Response {
  if (!ISOLATED.includes(destination) || response.type === "opaqueredirect") return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

function notKept(): Response {
  const said =
    "Hybrid Batch Lab is not on this device as a whole, and the network cannot be reached: connect once and open it again.";
  const text = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hybrid Batch Lab</title><p>${said}</p></html>`;
  return new Response(text, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
