// Whether training waits for its data. As in the page, a thread of its own keeps the data and answers for tokens by row,
// and the trainer asks for its next batches before it needs them.
import { performance } from "node:perf_hooks";
import { createNodePorts } from "../../src/cli/nodePorts.ts";
import { startThread } from "../../src/cli/nodeThreads.ts";
import { findPreset } from "../../src/core/spec/presets.ts";
import { withPath } from "../../src/core/spec/spec.ts";
import { createModel } from "../../src/training/model/model.ts";
import { feedBatches } from "../../src/training/run/feedBatches.ts";
import { prepareRun } from "../../src/training/run/prepareRun.ts";
import { createCorpusFeed } from "../../src/workers/trainer/corpusFeed.ts";
import type { FeedEvent, FeedRequests } from "../../src/workers/feed.ts";
import { createRpcClient } from "../../src/workers/rpc.ts";
import { ceiling, figure, type Case } from "../case.ts";
import { toPort } from "../input/threadPort.ts";
import { STEP_OPTIONS } from "../../src/training/benchmark/stepShape.ts";

/** What came in meanwhile is taken now: the trainer's gate between two steps. */
const messages = () => new Promise((resolve) => setImmediate(resolve));

export const input: Case = {
  name: "input",
  about:
    "the quick-start preset on wasm: reading and tokenising, then the share of the loop that waits for batches",
  async run() {
    const spec = withPath(findPreset("quickstart")!.spec, "compute.backend", "wasm");
    const thread = startThread(new URL("../input/feedThread.ts", import.meta.url));
    const feed = createCorpusFeed(createRpcClient<FeedRequests, FeedEvent>(toPort(thread)));
    const ports = createNodePorts();
    await ports.startDevice("wasm");
    let corpusMs = 0;
    let rows = 0;
    const timed: typeof ports = {
      ...ports,
      async loadCorpus(request, texts, onProgress) {
        const start = performance.now();
        const loaded = await feed.load(request, texts, onProgress);
        corpusMs += performance.now() - start;
        rows += loaded.corpus.queries.langs.length + loaded.corpus.passages.langs.length;
        return loaded;
      },
    };
    const start = performance.now();
    const prepared = await prepareRun(spec, timed, {}, () => undefined);
    const prepareMs = performance.now() - start;
    const model = createModel(await prepared.weights());
    let waitMs = 0;
    let steps = 0;
    const loopStart = performance.now();
    const before = performance.eventLoopUtilization();
    const fed = feedBatches(prepared.plan(), prepared.train!, prepared.vocabulary, () => spec.loss.weights);
    for (;;) {
      const asked = performance.now();
      const next = await fed.next();
      await messages();
      if (next.done) break;
      waitMs += performance.now() - asked;
      await model.trainStep(next.value.input, STEP_OPTIONS).losses();
      steps++;
    }
    const loopMs = performance.now() - loopStart;
    const { idle } = performance.eventLoopUtilization(before);
    model.dispose();
    await thread.terminate();
    return [
      ceiling({
        name: "input/waiting",
        unit: "share of the training loop in which its thread had nothing to do",
        value: idle / loopMs,
        limit: 0.01,
        limitName: "0.01",
        note: `${idle.toFixed(1)} ms of ${loopMs.toFixed(0)}`,
      }),
      ceiling({
        name: "input/batches",
        unit: "share of the training loop spent on the next batch",
        value: waitMs / loopMs,
        limit: 0.05,
        limitName: "0.05",
        note: `${steps} steps in ${(loopMs / 1000).toFixed(2)} s; a batch takes ${(waitMs / steps).toFixed(2)} ms`,
      }),
      figure({
        name: "input/corpus",
        unit: "s to read, verify and tokenise",
        value: corpusMs / 1000,
        baseline: "training loop without evaluations, s",
        baselineValue: loopMs / 1000,
        note: `${rows} rows, ${Math.round((rows / corpusMs) * 1000)} rows a second`,
      }),
      figure({
        name: "input/before-the-first-step",
        unit: "s from spec to first batch",
        value: prepareMs / 1000,
        baseline: "that and the training loop, s",
        baselineValue: (prepareMs + loopMs) / 1000,
      }),
    ];
  },
};
