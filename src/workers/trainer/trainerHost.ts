// The trainer worker's door: who is connected, and which of its desks a request goes to. Trains and draws nothing.
import type { FeedEvent, FeedRequests } from "../feed.ts";
import type { PageAddresses } from "../pagePlaces.ts";
import { PROTOCOL_VERSION, type KeptRun, type TrainerEvent, type TrainerRequests } from "../protocol.ts";
import { createRpcClient, serveRpc, type Port } from "../rpc.ts";
import { createAnswers } from "./answers.ts";
import { createBenchmarkDesk } from "./benchmarkDesk.ts";
import { createCorpusFeed, type CorpusFeed } from "./corpusFeed.ts";
import type { TrainerHostDeps } from "./hostDeps.ts";
import { createRunDesk } from "./runDesk.ts";

export function serveTrainer(port: Port, deps: TrainerHostDeps): void {
  let feed: CorpusFeed | undefined;
  let page: PageAddresses = { base: "", hub: "" };

  const benchmarks = createBenchmarkDesk(deps, (event) => emit(event));
  const runs = createRunDesk(deps, (event) => emit(event));
  const answers = createAnswers(runs, {
    openEncoder: (id) => deps.openEncoder(page, id),
    breathe: () => deps.breathe(),
  });
  const tellState = (runId: string, state: "running" | "paused") => {
    emit({ type: "state", runId, state });
    return null;
  };

  const emit = serveRpc<TrainerRequests, TrainerEvent>(port, {
    ...answers,

    connect({ version, base, hub, data, threads }) {
      if (version !== PROTOCOL_VERSION) {
        throw new Error(
          `the page speaks version ${version}, this worker ${PROTOCOL_VERSION}; reload the page`,
        );
      }
      page = { base, hub };
      if (threads !== undefined) deps.limitThreads?.(threads);
      feed = createCorpusFeed(createRpcClient<FeedRequests, FeedEvent>(data));
      data.start();
      return null;
    },
    useHub({ address }) {
      page = { ...page, hub: address };
      return null;
    },

    async start(run) {
      if (!feed) throw new Error("the trainer is not connected to the data worker");
      const corpora = feed;
      await benchmarks.stop();
      runs.start(run, corpora, page);
      return null;
    },
    async exportProject({ folder, command, ...course }) {
      if (!feed) throw new Error("the trainer is not connected to the data worker");
      const ports = { openEncoder: (id: string) => deps.openEncoder(page, id), loadCorpus: feed.load };
      const { packProject } = await import("./packProject.ts");
      return packProject(course, { folder, command }, ports);
    },
    pause({ runId }) {
      const { lever, flush } = runs.held(runId);
      lever.pause();
      flush();
      return tellState(runId, "paused");
    },
    resume({ runId }) {
      runs.held(runId).lever.resume();
      return tellState(runId, "running");
    },
    step({ runId }) {
      runs.held(runId).lever.stepOnce();
      return tellState(runId, "paused");
    },
    driveMix({ runId, ratio }) {
      runs.held(runId).lever.askMix(ratio);
      return Promise.resolve(null);
    },
    keepSnapshot({ runId }) {
      runs.held(runId).lever.askSnapshot();
      return null;
    },
    async listSnapshots() {
      const shelf = await deps.snapshots;
      const kept: KeptRun[] = [];
      for (const runId of (await shelf?.runs()) ?? []) {
        const steps = (await shelf?.of(runId).list()) ?? [];
        if (steps.length > 0) kept.push({ runId, step: Math.max(...steps) });
      }
      return kept;
    },
    async forgetSnapshots({ runIds }) {
      const shelf = await deps.snapshots;
      for (const runId of runIds) await shelf?.forget(runId);
      return null;
    },
    async stop({ runId }) {
      const { lever, ended } = runs.held(runId);
      lever.stop();
      await ended;
      return null;
    },

    async benchmark({ backend }) {
      const run = runs.latest();
      if (run && !run.over) throw new Error("a run is going on; let it finish or stop it, then measure");
      try {
        return await benchmarks.measure(backend);
      } finally {
        const { resources, backend: own } = runs.latest() ?? {};
        if (resources && own) await deps.startDevice(own); // its weights live there: the device is one for all
      }
    },
    async stopBenchmark() {
      await benchmarks.stop();
      return null;
    },
  });
}
