// A LabClient whose workers run in this process, for tests of state: answers as told, and tells events on demand.
import type { LabClient } from "../workers/labClient.ts";
import type {
  DataEvent,
  DataRequests,
  TrainerEvent,
  TrainerRequests,
  WireError,
} from "../workers/protocol.ts";
import { replaceWhenSpent } from "../workers/replaceablePort.ts";
import { createRpcClient, serveRpc, type Handlers, type Port } from "../workers/rpc.ts";

export interface FakeLab {
  readonly client: LabClient;
  readonly asked: { readonly name: string; readonly params: unknown }[];
  tell(event: TrainerEvent): void;
  tellData(event: DataEvent): void;
  crash(message: string): void;
  readonly disposed: () => boolean;
}

type Answers = Partial<Handlers<TrainerRequests> & Handlers<DataRequests>>;

/** Two ports joined in memory; messages are cloned and arrive in a later microtask, as between threads. */
function joinedPorts(): [Port, Port] {
  const listeners: ((event: MessageEvent) => void)[][] = [[], []];
  const port = (own: 0 | 1): Port => ({
    postMessage(message) {
      const data: unknown = structuredClone(message);
      queueMicrotask(() => listeners[1 - own]!.forEach((listener) => listener({ data } as MessageEvent)));
    },
    addEventListener: (_, listener) => void listeners[own]!.push(listener),
  });
  return [port(0), port(1)];
}

export function createFakeLab(answers: Answers = {}): FakeLab {
  const [trainerPage, trainerWorker] = joinedPorts();
  const [dataPage, dataWorker] = joinedPorts();
  const trainer = createRpcClient<TrainerRequests, TrainerEvent>(trainerPage);
  const data = createRpcClient<DataRequests, DataEvent>(dataPage);
  const asked: { name: string; params: unknown }[] = [];
  const noting = <T extends object>(handlers: T): T =>
    Object.fromEntries(
      Object.entries(handlers).map(([name, handler]) => [
        name,
        (params: unknown): unknown => {
          asked.push({ name, params });
          return (handler as (params: unknown) => unknown)(params);
        },
      ]),
    ) as T;
  const nothing = () => null;
  const tell = serveRpc<TrainerRequests, TrainerEvent>(
    trainerWorker,
    noting({
      connect: nothing,
      start: nothing,
      pause: nothing,
      resume: nothing,
      step: nothing,
      stop: nothing,
      useHub: nothing,
      driveMix: nothing,
      keepSnapshot: nothing,
      listSnapshots: () => [],
      forgetSnapshots: nothing,
      search: () => {
        throw new Error("no weights");
      },
      map: () => {
        throw new Error("no weights");
      },
      cosines: () => {
        throw new Error("no weights");
      },
      batchScores: () => {
        throw new Error("no batch");
      },
      exportModel: () => {
        throw new Error("no weights");
      },
      exportProject: () => {
        throw new Error("no data");
      },
      rankings: () => {
        throw new Error("no weights");
      },
      finalTest: () => {
        throw new Error("no weights");
      },
      baselines: () => {
        throw new Error("no weights");
      },
      benchmark: () => {
        throw new Error("no device");
      },
      stopBenchmark: nothing,
      ...answers,
    }),
  );
  const tellData = serveRpc<DataRequests, DataEvent>(
    dataWorker,
    noting({
      connect: nothing,
      useHub: nothing,
      list: () => ({ datasets: [], catalog: [], notes: [], tokenBytes: 0, unfinished: [] }),
      download: () => {
        throw new Error("not reachable");
      },
      preview: () => [],
      checkPlan: () => ({ notices: [] }),
      cancelImport: nothing,
      discardDownload: nothing,
      inspectFiles: () => {
        throw new Error("not a dataset");
      },
      importFiles: () => {
        throw new Error("not a dataset");
      },
      remove: nothing,
      listEncoders: () => ({ encoders: [], notes: [] }),
      inspectEncoder: () => {
        throw new Error("no such encoder");
      },
      addEncoder: () => {
        throw new Error("not a checkpoint");
      },
      removeEncoder: nothing,
      listDownloads: () => [],
      removeDownload: nothing,
      keepWeights: () => true,
      listKept: () => ({ datasets: [], encoders: [], notes: [] }),
      restoreDataset: () => {
        throw new Error("not a dataset");
      },
      restoreEncoder: () => {
        throw new Error("not a checkpoint");
      },
      ...answers,
    }),
  );
  const crashListeners: ((error: WireError) => void)[] = [];
  const replacedListeners: ((error: WireError) => void)[] = [];
  replaceWhenSpent(trainer, (error) => replacedListeners.forEach((listener) => listener(error)));
  let disposed = false;
  return {
    client: {
      trainer,
      data,
      onCrash: (listener) => void crashListeners.push(listener),
      onTrainerReplaced: (listener) => void replacedListeners.push(listener),
      replaceTrainer(error) {
        asked.push({ name: "replaceTrainer", params: error });
        trainer.fail(error);
        for (const listener of replacedListeners) listener(error);
      },
      useHub: () => undefined,
      dispose: () => void (disposed = true),
    },
    asked,
    tell,
    tellData,
    crash(message) {
      const error = { kind: "device", name: "WorkerCrash", message } as const;
      for (const client of [trainer, data]) client.fail(error);
      for (const listener of crashListeners) listener(error);
    },
    disposed: () => disposed,
  };
}

/** Lets everything that is under way between the fake threads arrive. */
export const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
