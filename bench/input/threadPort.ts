// Node's threads with the manners of the browser's ports, so that the workers' own code talks over them.
import { Worker, type MessagePort } from "node:worker_threads";
import type { Port } from "../../src/workers/rpc.ts";

export function toPort(end: MessagePort | Worker): Port {
  return {
    postMessage: (message) => end.postMessage(message),
    addEventListener: (_, listener) =>
      void end.on("message", (data: unknown) => listener({ data } as MessageEvent)),
  };
}

/** A thread that runs a TypeScript file: Node 20 does not pass a loader on to the entry of a thread. */
export function startThread(file: URL): Worker {
  const [loader, entry] = [import.meta.resolve("tsx/esm/api"), file.href].map((url) => JSON.stringify(url));
  return new Worker(`import(${loader}).then(({ register }) => (register(), import(${entry})))`, {
    eval: true,
  });
}
