// The trainer worker: owns the device and at most one run, and answers searches with its weights. Draws nothing.
import type { Corpus } from "../../core/data/corpus.ts";
import type { Point } from "../../core/record/point.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { BackendChoice, DeviceReport } from "../../core/run/device.ts";
import { exportRun } from "../../training/export/exportRun.ts";
import { zipFolder } from "../../training/export/zipFolder.ts";
import { runExperiment, type RunResources } from "../../training/run/runExperiment.ts";
import type { LoadedCorpus } from "../../training/corpus/loadedCorpus.ts";
import type { RunEvent } from "../../training/run/runPorts.ts";
import type { StartEncoder } from "../../training/pretrained/startEncoder.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { conceptMap } from "../../training/pool/conceptMap.ts";
import { searchPool, type PoolHit } from "../../training/pool/searchPool.ts";
import { openTrec } from "../../training/pool/trecRun.ts";
import { viewBatch } from "./batchView.ts";
import { createBenchmarkDesk } from "./benchmarkDesk.ts";
import { createCorpusFeed, type CorpusFeed } from "./corpusFeed.ts";
import type { FeedEvent, FeedRequests } from "../feed.ts";
import { PROTOCOL_VERSION, type TrainerEvent, type TrainerRequests } from "../protocol.ts";
import type { MapView, SearchHit } from "../../core/run/views.ts";
import type { PageAddresses } from "../pagePlaces.ts";
import { createLever, type Lever } from "./runControl.ts";
import { createRpcClient, serveRpc, toWireError, type Port } from "../rpc.ts";

export interface TrainerHostDeps {
  startDevice(choice: BackendChoice): Promise<DeviceReport>;
  openEncoder(page: PageAddresses, id: string): Promise<StartEncoder>;
  nowMs(): number;
  /** Resolves after the messages that are waiting have been handled. */
  breathe(): Promise<void>;
  readonly versions: Readonly<Record<string, string>>;
}

interface CurrentRun {
  readonly runId: string;
  readonly backend: BackendChoice;
  over: boolean;
  readonly lever: Lever;
  step: number;
  resources?: RunResources;
  record?: RunRecord; // once it has ended
  ended: Promise<void>;
  flush: () => void; // sends what the relay holds back
}

/** Each message redraws a part of the page, 20 to 40 ms on a slow machine: more of them would cost frames. */
const POINTS_EVERY_MS = 250;
const BATCH_EVERY_MS = 500;
/** Texts of a set larger than memory are read from their shards: showing them takes at most a twentieth of the time. */
const BATCH_REST = 20;
const PROGRESS_EVERY_MS = 250;

export function serveTrainer(port: Port, deps: TrainerHostDeps): void {
  let feed: CorpusFeed | undefined;
  let page: PageAddresses = { base: "", hub: "" };
  let run: CurrentRun | undefined;

  const desk = createBenchmarkDesk(deps, (event) => emit(event));
  const current = (runId: string): CurrentRun => {
    if (run?.runId !== runId) throw new Error("this run is no longer in the trainer; start it again");
    return run;
  };
  const tellState = (runId: string, state: "running" | "paused") => {
    emit({ type: "state", runId, state });
    return null;
  };

  const emit = serveRpc<TrainerRequests, TrainerEvent>(port, {
    connect({ version, base, hub, data }) {
      if (version !== PROTOCOL_VERSION) {
        throw new Error(
          `the page speaks version ${version}, this worker ${PROTOCOL_VERSION}; reload the page`,
        );
      }
      page = { base, hub };
      feed = createCorpusFeed(createRpcClient<FeedRequests, FeedEvent>(data));
      data.start();
      return null;
    },

    useHub({ address }) {
      page = { ...page, hub: address };
      return null;
    },

    async start({ runId, spec, paused }) {
      if (!feed) throw new Error("the trainer is not connected to the data worker");
      const corpora = feed;
      const previous = run;
      const lever = createLever(paused, () => deps.breathe());
      await desk.stop();
      const own: CurrentRun = {
        runId,
        backend: spec.compute.backend,
        over: false,
        lever,
        step: 0,
        ended: Promise.resolve(),
        flush: () => undefined,
      };
      run = own;
      if (previous) {
        previous.lever.stop();
        await previous.ended;
        previous.resources?.model.dispose();
        corpora.releaseAll();
      }
      emit({ type: "state", runId, state: "preparing" });
      own.ended = (async () => {
        try {
          const ports = {
            openEncoder: (id: string) => deps.openEncoder(page, id),
            startDevice: (choice: BackendChoice) => deps.startDevice(choice),
            loadCorpus: corpora.load,
            nowMs: () => deps.nowMs(),
            versions: deps.versions,
          };
          const relay = createRelay(runId, deps.nowMs, () => lever.paused, emit);
          own.flush = relay.flush;
          const events = runExperiment(spec, ports, lever, (resources) => {
            own.resources = resources;
            tellState(runId, lever.paused ? "paused" : "running");
          });
          for await (const event of events) {
            if (event.type === "batch") own.step = event.batch.step + 1;
            if (event.type === "finished") own.record = event.record;
            await relay.pass(event, own.resources?.prepared.train);
          }
        } catch (error) {
          emit({ type: "failed", runId, error: toWireError(error) });
        } finally {
          own.over = true;
        }
      })();
      return null;
    },

    pause({ runId }) {
      current(runId).lever.pause();
      current(runId).flush();
      return tellState(runId, "paused");
    },
    resume({ runId }) {
      current(runId).lever.resume();
      return tellState(runId, "running");
    },
    step({ runId }) {
      current(runId).lever.stepOnce();
      return tellState(runId, "paused");
    },
    async stop({ runId }) {
      const own = current(runId);
      own.lever.stop();
      await own.ended;
      return null;
    },

    async rankings({ runId, kind, language, depth }) {
      const { resources, record } = current(runId);
      if (!resources || !record) throw new Error("the run has not ended; its rankings are final only then");
      const pool = { kind, language };
      const parts: string[] = [];
      const tag = `lab-${record.digest.slice(0, 8)}`; // the same as on the command line
      const files = await openTrec(resources);
      for await (const { text } of files.runs([pool], depth, tag)) {
        parts.push(text);
        await deps.breathe();
      }
      return { run: new Blob(parts), qrels: new Blob([files.qrels(pool)]) };
    },

    async benchmark({ backend }) {
      if (run && !run.over) throw new Error("a run is going on; let it finish or stop it, then measure");
      try {
        return await desk.measure(backend);
      } finally {
        if (run?.resources) await deps.startDevice(run.backend); // its weights live there
      }
    },
    async stopBenchmark() {
      await desk.stop();
      return null;
    },

    async search({ text, languages, k }) {
      if (!run?.resources) throw new Error("there are no weights to search with yet; start a run first");
      const { runId, resources, step } = run;
      const answer = await searchPool(resources, { text, languages, k });
      const shown = (hits: readonly PoolHit[]) => showHits(hits, resources.prepared.test);
      return {
        runId,
        step,
        before: await shown(answer.before),
        now: await shown(answer.now),
        pool: answer.pool,
        unknownPieces: answer.unknownPieces,
      };
    },

    async map({ concepts }) {
      if (!run?.resources) throw new Error("there are no weights to map yet; start a run first");
      return showMap(run.runId, run.step, run.resources, concepts);
    },

    async exportModel({ runId, folder: folderName, ...facts }) {
      const { resources, record } = current(runId);
      if (!resources || !record) throw new Error("the run has not ended; its model is complete only then");
      const encoder = await deps.openEncoder(page, record.spec.encoder.id);
      const exported = await exportRun(resources, record.spec, encoder, { ...facts, record });
      const { folder, pieces, fullPieces } = exported;
      return { zip: await zipFolder(folderName, folder), pieces, fullPieces };
    },
  });
}

async function showMap(
  runId: string,
  step: number,
  resources: RunResources,
  concepts: number,
): Promise<MapView> {
  const { points, similarity, explained } = await conceptMap(resources, concepts);
  const { test, full } = resources.prepared;
  const rows = points.map(({ passage }) => passage);
  const texts = await test.texts("passages", rows);
  const names = await test.names("passages", Int32Array.from(rows));
  // A passage may carry several concepts: the one that all points of a group share names the group.
  const idOf = (group: number) => {
    const own = points.flatMap((point, i) => (point.concept === group ? [i] : []));
    const held = own.map((i) => names[i]!.concepts);
    return held[0]!.find((id) => held.every((ids) => ids.includes(id))) ?? held[0]![0] ?? String(group);
  };
  return {
    runId,
    step,
    explained,
    languages: full.set.languages,
    concepts: similarity.map((one, group) => ({ id: idOf(group), ...one })),
    points: points.map(({ concept, lang, before, now }, i) => ({
      concept,
      lang,
      before,
      now,
      text: texts[i]!,
    })),
  };
}

async function showHits(hits: readonly PoolHit[], test: LoadedCorpus): Promise<SearchHit[]> {
  const { passages, languages }: Corpus = test.corpus;
  const rows = hits.map((hit) => hit.passage);
  const names = await test.names("passages", Int32Array.from(rows));
  const texts = await test.texts("passages", rows);
  return hits.map(({ passage, score }, i) => ({
    ...names[i]!,
    lang: languages[passages.langs[passage]!]!,
    text: texts[i]!,
    score,
    rank: i + 1,
  }));
}

/** Passes run events to the page at a pace it can draw; points are gathered, never dropped. A paused run is shown whole. */
function createRelay(
  runId: string,
  nowMs: () => number,
  isPaused: () => boolean,
  emit: (event: TrainerEvent) => void,
) {
  let points: Point[] = [];
  let progress: RunProgress | undefined; // held back
  let shownPhase = "";
  let lookUpMs = 0; // what the last shown batch took
  const lastMs = { points: -Infinity, batch: -Infinity, progress: -Infinity };
  const due = (what: keyof typeof lastMs, everyMs: number) => {
    const now = nowMs();
    if (!isPaused() && now - lastMs[what] < everyMs) return false;
    lastMs[what] = now;
    return true;
  };
  const flushProgress = () => {
    if (progress) emit({ type: "progress", runId, progress });
    shownPhase = progress?.phase ?? shownPhase;
    progress = undefined;
  };
  const flush = () => {
    if (points.length > 0) emit({ type: "points", runId, points });
    points = [];
    lastMs.progress = nowMs();
    flushProgress();
  };
  const pass = async (event: RunEvent, train: LoadedCorpus | undefined): Promise<void> => {
    switch (event.type) {
      case "points":
        points.push(...event.points);
        if (due("points", POINTS_EVERY_MS)) flush();
        return;
      case "progress": {
        const { phase, done, total } = event.progress;
        if (progress && progress.phase !== phase) flushProgress();
        progress = event.progress;
        if (done === total || phase !== shownPhase || due("progress", PROGRESS_EVERY_MS)) flushProgress();
        return;
      }
      case "batch":
        if (train && due("batch", Math.max(BATCH_EVERY_MS, BATCH_REST * lookUpMs))) {
          const startMs = nowMs();
          emit({ type: "batch", runId, batch: await viewBatch(event.batch, train) });
          lookUpMs = nowMs() - startMs;
        }
        return;
      case "device":
      case "matrix":
      case "notice":
      case "queryValues":
        emit({ ...event, runId });
        return;
      case "finished":
        flush();
        emit({ ...event, runId });
        return;
    }
  };
  return { pass, flush };
}
