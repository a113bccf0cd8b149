// The page's side of both workers: starts them, joins them by a channel, and reports a crash. Trains nothing.
import {
  PROTOCOL_VERSION,
  type DataEvent,
  type DataRequests,
  type TrainerEvent,
  type TrainerRequests,
} from "./protocol.ts";
import { createRpcClient, type RpcClient } from "./rpc.ts";

export interface LabClient {
  readonly trainer: RpcClient<TrainerRequests, TrainerEvent>;
  readonly data: RpcClient<DataRequests, DataEvent>;
  /** Told once if a worker dies; everything open has been refused by then. A new client starts afresh. */
  onCrash(listener: (message: string) => void): void;
  /** Another address of the hub from now on. */
  useHub(address: string): void;
  dispose(): void;
}

/**
 * @param hub its address, or a mirror's
 * @throws nothing; failures reach `onCrash` and the open requests
 */
export function createLabClient(hub: string): LabClient {
  const workers = [
    new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module", name: "trainer" }),
    new Worker(new URL("./data.worker.ts", import.meta.url), { type: "module", name: "data" }),
  ] as const;
  const trainer = createRpcClient<TrainerRequests, TrainerEvent>(workers[0]);
  const data = createRpcClient<DataRequests, DataEvent>(workers[1]);
  const crashListeners: ((message: string) => void)[] = [];
  const crash = (message: string) => {
    for (const client of [trainer, data]) client.fail({ kind: "internal", name: "WorkerCrash", message });
    for (const listener of crashListeners.splice(0)) listener(message);
  };
  for (const worker of workers) {
    worker.addEventListener("error", (event) => crash(event.message || "a worker could not be loaded"));
  }

  const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  const { port1, port2 } = new MessageChannel();
  const hello = { version: PROTOCOL_VERSION, base, hub };
  const joined = [
    trainer.request("connect", { ...hello, data: port1 }, [port1]),
    data.request("connect", { ...hello, trainer: port2 }, [port2]),
  ];
  for (const promise of joined) promise.catch((error: Error) => crash(error.message));
  return {
    trainer,
    data,
    onCrash: (listener) => void crashListeners.push(listener),
    useHub(address) {
      const refused = () => undefined; // only a crash refuses it
      trainer.request("useHub", { address }).catch(refused);
      data.request("useHub", { address }).catch(refused);
    },
    dispose: () => workers.forEach((worker) => worker.terminate()),
  };
}
