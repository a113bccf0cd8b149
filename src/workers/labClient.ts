// The page's side of both workers: joins them by a channel, replaces what fell silent, reports a crash. Starts none itself
// (pageClient.ts, fileClient.ts), trains nothing.
import {
  PROTOCOL_VERSION,
  type DataEvent,
  type DataRequests,
  type TrainerEvent,
  type TrainerRequests,
  type WireError,
} from "./protocol.ts";
import { replaceablePort, replaceWhenSpent, type EndablePort } from "./replaceablePort.ts";
import { createRpcClient, toWireError, type RpcClient } from "./rpc.ts";
import { watchSilence, type Ticking, type OnSilent } from "./silence.ts";

/** Without a network a reload would lose the page. */
const notLoaded = () =>
  (globalThis.navigator as { readonly onLine?: boolean } | undefined)?.onLine === false
    ? "You seem to be offline: a part of the lab could not be fetched. Connect to the network and try again"
    : "A worker of the lab could not be loaded; reload the page";

export interface LabClient {
  readonly trainer: RpcClient<TrainerRequests, TrainerEvent>;
  readonly data: RpcClient<DataRequests, DataEvent>;
  /** Told once if a worker dies; everything open has been refused by then. A new client starts afresh. */
  onCrash(listener: (error: WireError) => void): void;
  /** Told when a fresh trainer has taken the place of one whose device failed or that fell silent. Data goes on. */
  onTrainerReplaced(listener: (error: WireError) => void): void;
  /** Ends the trainer at once, whatever it does, and lets a fresh one take its place; what is open is refused with `error`. */
  replaceTrainer(error: WireError): void;
  /** Another address of the hub from now on. */
  useHub(address: string): void;
  dispose(): void;
}

/** What a refused request says, as data. */
export const refusalOf: (error: unknown) => WireError = toWireError;

/** Of a trainer that was replaced because it no longer answered: its run may go on from a snapshot. */
export const SILENT = "WorkerSilent";
/** Of both workers, when one of them died or the one with the data fell silent. */
export const WORKER_CRASH = "WorkerCrash";

/** A worker, or what stands for one in a test. */
type WorkerLike = EndablePort & {
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
};

export interface Starters {
  readonly trainer: () => WorkerLike;
  readonly data: () => WorkerLike;
}

interface PageFacts {
  readonly hub: string;
  readonly base: string; // the page's folder
  readonly ticking: Ticking;
  readonly patience?: () => number; // with silent workers, as `watchSilence` has it
  readonly threads?: number; // that products of the trainer take, at most
}

/** @param starters each starts a worker of its kind; injected, so that tests run it without any */
export function joinWorkers(
  starters: Starters,
  { base, ticking, patience, threads, ...page }: PageFacts,
): LabClient {
  let { hub } = page;
  const watched = (worker: WorkerLike) => {
    worker.addEventListener("error", ({ message }) =>
      crash(message ? `A worker of the lab stopped (${message}); start the run again` : notLoaded()),
    );
    return worker;
  };
  const trainerPort = replaceablePort(() => watched(starters.trainer()));
  const dataWorker = watched(starters.data());
  const trainer = createRpcClient<TrainerRequests, TrainerEvent>(trainerPort);
  const data = createRpcClient<DataRequests, DataEvent>(dataWorker);
  const crashListeners: ((error: WireError) => void)[] = [];
  const crash = (message: string) => {
    endWatches();
    const error = { kind: "device", name: WORKER_CRASH, message } as const;
    for (const client of [trainer, data]) client.fail(error);
    for (const listener of crashListeners.splice(0)) listener(error);
  };

  let joins = 0;
  const join = () => {
    const own = ++joins;
    const { port1, port2 } = new MessageChannel();
    const hello = { version: PROTOCOL_VERSION, base, hub };
    const joined = [
      trainer.request("connect", { ...hello, data: port1, ...(threads !== undefined && { threads }) }, [
        port1,
      ]),
      data.request("connect", { ...hello, trainer: port2 }, [port2]),
    ];
    const refused = (error: Error) => {
      if (own === joins) crash(error.message); // not that of a trainer which was replaced meanwhile
    };
    for (const promise of joined) promise.catch(refused);
  };
  const replacedListeners: ((error: WireError) => void)[] = [];
  const replaceTrainer = (error: WireError) => {
    joins++; // what was not joined yet is no crash
    trainerPort.replace();
    trainer.fail(error);
    trainerWatch.again();
    join();
    for (const listener of replacedListeners) listener(error);
  };
  const trainerSilent: OnSilent = ({ seconds, hadSpoken }) => {
    if (!hadSpoken) return crash(notLoaded());
    const message = `The training worker gave no sign of life for ${seconds} s and was replaced; start the run again`;
    replaceTrainer({ kind: "device", name: SILENT, message });
  };
  const dataSilent: OnSilent = ({ seconds, hadSpoken }) =>
    crash(
      hadSpoken
        ? `The data worker gave no sign of life for ${seconds} s; try again, and start a run that was going on again`
        : notLoaded(),
    );
  const trainerWatch = watchSilence(trainer, ticking, trainerSilent, patience);
  const dataWatch = watchSilence(data, ticking, dataSilent, patience);
  const endWatches = () => [trainerWatch, dataWatch].forEach((watch) => watch.end());
  join();
  replaceWhenSpent(trainer, replaceTrainer);
  return {
    trainer,
    data,
    onCrash: (listener) => void crashListeners.push(listener),
    onTrainerReplaced: (listener) => void replacedListeners.push(listener),
    replaceTrainer,
    useHub(address) {
      hub = address;
      const refused = () => undefined; // only a crash refuses it
      trainer.request("useHub", { address }).catch(refused);
      data.request("useHub", { address }).catch(refused);
    },
    dispose() {
      endWatches();
      [trainerPort, dataWorker].forEach((worker) => worker.terminate());
    },
  };
}
