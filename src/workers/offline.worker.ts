// Entry of the service worker: answers for the page's folder where the network cannot. It waits until the page lets it
// take the place of another version.
import { parsePageFiles } from "../core/offline/pageFiles.ts";
import { createAnswers } from "./offlineAnswers.ts";
import { ASK_LIST, openKeptPage, TAKE_OVER } from "./offlineClient.ts";

const worker = self as unknown as ServiceWorkerGlobalScope;
const files = parsePageFiles((self as unknown as { __WB_MANIFEST: unknown }).__WB_MANIFEST); // written by the build
const base = worker.registration.scope;
const cached = (url: string) => fetch(url, { cache: "only-if-cached", mode: "same-origin" });
const kept = openKeptPage({ base, caches, fetch: (url) => fetch(url), cached });
const { isOwn, answer } = createAnswers({ base, files, kept, fetch: (request) => fetch(request) });

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (isOwn(request)) event.respondWith(answer(request, (work) => event.waitUntil(work)));
});
worker.addEventListener("message", ({ data, ports }) => {
  if (data === ASK_LIST) ports[0]?.postMessage(files);
  if (data === TAKE_OVER) void worker.skipWaiting();
});
