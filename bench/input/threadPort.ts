// Node's threads with the manners of the browser's ports, so that the workers' own code talks over them.
import type { MessagePort, Worker } from "node:worker_threads";
import type { Port } from "../../src/workers/rpc.ts";

export function toPort(end: MessagePort | Worker): Port {
  return {
    postMessage: (message) => end.postMessage(message),
    addEventListener: (_, listener) =>
      void end.on("message", (data: unknown) => listener({ data } as MessageEvent)),
  };
}
