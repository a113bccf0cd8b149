// The page's side of both workers: starts them, joins them by a channel, and reports a crash. Trains nothing.
import {
  PROTOCOL_VERSION,
  type DataEvent,
  type DataRequests,
  type TrainerEvent,
  type TrainerRequests,
  type WireError,
} from "./protocol.ts";
import { replaceablePort, replaceWhenSpent } from "./replaceablePort.ts";
import { createRpcClient, toWireError, type RpcClient } from "./rpc.ts";

const NOT_LOADED = "A worker of the lab could not be loaded; reload the page";

export interface LabClient {
  readonly trainer: RpcClient<TrainerRequests, TrainerEvent>;
  readonly data: RpcClient<DataRequests, DataEvent>;
  /** Told once if a worker dies; everything open has been refused by then. A new client starts afresh. */
  onCrash(listener: (error: WireError) => void): void;
  /** Told when the device failed, and a fresh trainer has taken the place of the one it ran in. Data goes on. */
  onTrainerReplaced(listener: (error: WireError) => void): void;
  /** Another address of the hub from now on. */
  useHub(address: string): void;
  dispose(): void;
}

/** What a refused request says, as data. */
export const refusalOf: (error: unknown) => WireError = toWireError;

/**
 * @param hub its address, or a mirror's
 * @throws nothing; failures reach `onCrash` and the open requests
 */
export function createLabClient(hub: string): LabClient {
  const watched = (worker: Worker) => {
    worker.addEventListener("error", ({ message }) =>
      crash(message ? `A worker of the lab stopped (${message}); start the run again` : NOT_LOADED),
    );
    return worker;
  };
  const trainerPort = replaceablePort(() =>
    watched(new Worker(new URL("./trainer.worker.ts", import.meta.url), { type: "module", name: "trainer" })),
  );
  const dataWorker = watched(
    new Worker(new URL("./data.worker.ts", import.meta.url), { type: "module", name: "data" }),
  );
  const trainer = createRpcClient<TrainerRequests, TrainerEvent>(trainerPort);
  const data = createRpcClient<DataRequests, DataEvent>(dataWorker);
  const crashListeners: ((error: WireError) => void)[] = [];
  const crash = (message: string) => {
    const error = { kind: "device", name: "WorkerCrash", message } as const;
    for (const client of [trainer, data]) client.fail(error);
    for (const listener of crashListeners.splice(0)) listener(error);
  };

  const base = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  const join = () => {
    const { port1, port2 } = new MessageChannel();
    const hello = { version: PROTOCOL_VERSION, base, hub };
    const joined = [
      trainer.request("connect", { ...hello, data: port1 }, [port1]),
      data.request("connect", { ...hello, trainer: port2 }, [port2]),
    ];
    for (const promise of joined) promise.catch((error: Error) => crash(error.message));
  };
  join();
  const replacedListeners: ((error: WireError) => void)[] = [];
  replaceWhenSpent(trainer, (error) => {
    trainerPort.replace();
    trainer.fail(error);
    join();
    for (const listener of replacedListeners) listener(error);
  });
  return {
    trainer,
    data,
    onCrash: (listener) => void crashListeners.push(listener),
    onTrainerReplaced: (listener) => void replacedListeners.push(listener),
    useHub(address) {
      hub = address;
      const refused = () => undefined; // only a crash refuses it
      trainer.request("useHub", { address }).catch(refused);
      data.request("useHub", { address }).catch(refused);
    },
    dispose: () => [trainerPort, dataWorker].forEach((worker) => worker.terminate()),
  };
}
