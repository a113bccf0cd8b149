// A run with a teacher: what it learns, tells and refuses.
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { createRandom } from "../../core/random.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { memoryStarts } from "../../testing/memoryStarts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { runExperiment } from "../run/runExperiment.ts";
import type { CorpusRequest } from "../corpus/loadedCorpus.ts";
import type { RunControl } from "../../core/run/control.ts";
import { FakeFolder } from "../../testing/fakeFolder.ts";
import type { DownloadShelf } from "../hub/downloadShelf.ts";
import { opfsShelf } from "../hub/opfsShelf.ts";
import type { RunEvent, RunPorts } from "../run/runPorts.ts";
import type { StartEncoder } from "../pretrained/startEncoder.ts";

const corpus = smallCorpus({ languages: ["de", "en", "th"], nConcepts: 24 });
const BASE: ExperimentSpec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small", split: "all" },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1, th: 1 }, heldOut: [] },
  batch: { ...DEFAULT_SPEC.batch, size: 16 },
  encoder: { ...DEFAULT_SPEC.encoder, id: "random", width: 16 },
  optimizer: { ...DEFAULT_SPEC.optimizer, learningRate: 0.05, warmup: 0, schedule: "constant" },
  steps: 40,
  evalEvery: 20,
};
const taught = (changes: Partial<ExperimentSpec["loss"]>): ExperimentSpec => ({
  ...BASE,
  loss: {
    ...BASE.loss,
    distillation: "cosine",
    distillationWeight: 1,
    teacher: "distilled-mini",
    ...changes,
  },
});

/** The student is drawn from the run's seed, the teacher from another one, with a width of its own. */
function ports(teacher: { width?: number; layers?: number; prefixes?: StartEncoder["prefixes"] } = {}) {
  const memory = memoryPorts(corpus);
  const requests: CorpusRequest[] = [];
  const own: RunPorts = {
    ...memory,
    async openEncoder(id, onProgress) {
      const encoder = await memory.openEncoder(id, onProgress);
      if (id !== "distilled-mini") return encoder;
      const { width = 16, layers = 0, prefixes = null } = teacher;
      return {
        ...encoder,
        prefixes,
        config: (spec, size) => encoder.config({ ...spec, width, layers }, size),
        load: async (spec, pieceIds, _, progress) => ({
          ...(await encoder.load({ ...spec, width, layers }, pieceIds, createRandom(99), progress)),
          sha256: "e".repeat(64),
        }),
      };
    },
    loadCorpus(request, texts, onProgress) {
      requests.push(request);
      return memory.loadCorpus(request, texts, onProgress);
    },
  };
  return { own, requests };
}

async function run(spec: ExperimentSpec, own: RunPorts): Promise<RunRecord> {
  for await (const event of runExperiment(spec, own, openControl, ({ model }) => void model)) {
    if (event.type === "finished") return event.record;
  }
  throw new Error("the run did not finish");
}
const values = ({ points }: RunRecord, metric: string, lang?: string) =>
  points.filter((point) => point.metric === metric && point.lang === lang).map(({ value }) => value);

describe("a run with a teacher", () => {
  it("is told how the teacher's files are read", async () => {
    const { own } = ports();
    const noting: RunPorts = {
      ...own,
      async openEncoder(id, onProgress) {
        const encoder = await own.openEncoder(id, onProgress);
        if (id !== "distilled-mini") return encoder;
        const load: StartEncoder["load"] = async (...args) => ({
          ...(await encoder.load(...args)),
          notice: "read anew",
        });
        return { ...encoder, notes: () => ["a note"], load };
      },
    };
    const notices: string[] = [];
    for await (const event of runExperiment(taught({}), noting, openControl, () => undefined))
      if (event.type === "notice") notices.push(event.message);
    expect(notices).toEqual(expect.arrayContaining(["a note", "read anew"]));
  });

  it("brings its vectors to the teacher's, language by language, and tells its loss each step", async () => {
    const { own, requests } = ports();
    const record = await run(taught({}), own);
    for (const lang of [undefined, "de", "en", "th"]) {
      const cosines = values(record, "distillation/cosine", lang);
      expect(cosines).toHaveLength(3); // steps 0, 20 and 40
      expect(Math.abs(cosines[0]!)).toBeLessThan(0.3); // two random vectors of width 16
      expect(cosines[2]).toBeGreaterThan(0.8); // a quarter of the pool has words that training never sees
    }
    const losses = values(record, "distillation/loss");
    expect(losses).toHaveLength(40);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 4);
    expect(record.environment.teacherSha256).toBe("e".repeat(64));
    expect(requests).toHaveLength(1); // it reads alike, so the tokens are read once
  });

  it("learns the teacher's scores where widths differ, and tells the correlation", async () => {
    const record = await run(taught({ distillation: "scores", temperature: 0.2 }), ports({ width: 24 }).own);
    const correlations = values(record, "distillation/correlation");
    expect(Math.abs(correlations[0]!)).toBeLessThan(0.3);
    expect(correlations[2]).toBeGreaterThan(correlations[0]! + 0.3);
    expect(values(record, "distillation/cosine")).toEqual([]);
  });

  it("gives the teacher texts of its own where it reads them differently", async () => {
    const { own, requests } = ports({ prefixes: { query: "ask: ", passage: "" } });
    const record = await run(taught({}), own);
    expect(requests.map(({ prefixes }) => prefixes.query)).toEqual(["", "ask: "]);
    expect(values(record, "distillation/cosine")[2]).toBeGreaterThan(0.8);
  });

  it("repeats bit for bit", async () => {
    const [one, two] = [
      await run(taught({ distillationWeight: 0.3 }), ports().own),
      await run(taught({ distillationWeight: 0.3 }), ports().own),
    ];
    expect(two.digest).toBe(one.digest);
    expect(values(one, "loss/mono").length).toBeGreaterThan(0); // both losses act
  });

  it("takes its first evaluation from what an earlier run of that teacher kept, agreement and all", async () => {
    const starts = memoryStarts();
    const short = { ...taught({ distillationWeight: 0.3 }), steps: 2, evalEvery: 0 };
    const speeds = (record: RunRecord) => values(record, "perf/eval_queries_per_s").length; // one for each evaluation
    const kept = () => ({ ...ports().own, starts });
    const plain = await run(short, ports().own);
    const untaught = await run({ ...short, loss: BASE.loss }, kept()); // kept, without any agreement
    const [first, second] = [await run(short, kept()), await run(short, kept())];
    expect([plain, untaught, first, second].map(speeds)).toEqual([2, 2, 2, 1]);
    expect([first.digest, second.digest]).toEqual([plain.digest, plain.digest]);
    expect(values(second, "distillation/cosine", "th")).toEqual(values(plain, "distillation/cosine", "th"));
    expect(speeds(await run({ ...short, loss: BASE.loss }, kept()))).toBe(1);
    expect(starts.texts.size).toBe(1);
  });

  describe("that reads before training", () => {
    const spec = taught({ distillation: "scores", distillationWeight: 0.5 });
    /** Its events until it ends, with a teacher of one layer that takes `ms` a look at the clock. */
    async function follow(options: { shelf?: DownloadShelf; control?: RunControl; ms?: number } = {}) {
      const { shelf, control = openControl, ms = 1 } = options;
      const { own } = ports({ layers: 1 });
      let now = 0;
      const kept = { ...own, nowMs: () => (now += ms), vectors: Promise.resolve(shelf) };
      const events: RunEvent[] = [];
      for await (const event of runExperiment(spec, kept, control, ({ model }) => void model))
        events.push(event);
      const read = events.flatMap((event) =>
        event.type === "progress" && event.progress.phase === "teacher" ? [event.progress] : [],
      );
      return { events, read, end: events.at(-1)! };
    }
    const digest = (event: RunEvent) => (event.type === "finished" ? event.record.digest : event.type);
    const shelf = () => opfsShelf(new FakeFolder() as unknown as FileSystemDirectoryHandle, 2 ** 20); // the part it uses

    it("reads all texts of pool and plan, and in a later run none", async () => {
      const place = shelf();
      const [alone, first, second] = [
        await follow(),
        await follow({ shelf: place }),
        await follow({ shelf: place }),
      ];
      const { total } = first.read[0]!;
      expect(total).toBeGreaterThan(64); // more than it reads at once
      expect(first.read.map(({ done }) => done)).toEqual([0, 64, total]);
      expect(second.read.map(({ done }) => done)).toEqual([total]);
      expect([first, second].map(({ end }) => digest(end))).toEqual([digest(alone.end), digest(alone.end)]);
    });

    it("that is stopped meanwhile leaves no record, and the next run goes on", async () => {
      const place = shelf();
      let gates = 0;
      const control: RunControl = {
        ...openControl,
        gate: () => Promise.resolve(void gates++),
        get stopped() {
          return gates > 2; // one before the plan, one before each block
        },
      };
      const stopped = await follow({ shelf: place, control });
      expect(stopped.end).toEqual({ type: "suspended", step: 0, kept: false });
      const after = await follow({ shelf: place });
      expect(after.read[0]).toMatchObject({ done: 64 });
      expect(digest(after.end)).toBe(digest((await follow()).end));
    });

    it("says how long it takes where that is long", async () => {
      const said = (events: readonly RunEvent[]) =>
        events.flatMap((event) => (event.type === "notice" ? [event.message] : []));
      expect(said((await follow()).events)).toEqual([]);
      expect(said((await follow({ ms: 60_000 })).events)).toEqual([
        expect.stringMatching(
          /^The teacher distilled-mini reads \d+ texts before training: about \d+ (s|min.*)\. Its vectors are kept for later runs\.$/,
        ),
      ]);
    });
  });

  it("without one is the run it always was", async () => {
    const off = taught({ distillation: "off", distillationWeight: 0.9, teacher: "local:nobody" });
    const [plain, idle] = [await run(BASE, ports().own), await run(off, ports().own)];
    expect(idle.digest).toBe(plain.digest);
    expect(idle.points.filter(({ metric }) => metric.startsWith("distillation/"))).toEqual([]);
  });

  it("says in one sentence what cannot be taught", async () => {
    await expect(run(taught({ distillation: "mse" }), ports({ width: 24 }).own)).rejects.toThrow(
      'loss.distillation: mse compares vectors, which must be equally wide; those of distilled-mini have 24 dimensions, the encoder’s 16: choose "scores", or an encoder.width of 24',
    );
    await expect(run(taught({ teacher: "random" }), ports().own)).rejects.toThrow("have nothing to teach");
    await expect(run(taught({ teacher: "unheard-of" }), ports().own)).rejects.toThrow(
      'loss.teacher: "unheard-of"',
    );
  });
});
