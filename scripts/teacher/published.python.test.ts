// Published weights through the whole path: multilingual-e5-small evaluated on XQuAD-R, trained a few steps, exported,
// each time held against sentence-transformers, and read from a server in the hub's layout. PUBLISHED=long has two whole
// languages and 20 steps; else some 200 English texts and 3 steps.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { saveModel } from "../../src/cli/commands/exportCommand.ts";
import { executeRun, type ExecutedRun } from "../../src/cli/executeRun.ts";
import { nodePlaces } from "../../src/cli/nodeModels.ts";
import { applySettings } from "../../src/cli/specSource.ts";
import { evaluateBySorting } from "../../src/core/metrics/sortedReference.ts";
import { DEFAULT_SPEC } from "../../src/core/spec/presets.ts";
import { startFolderServer } from "../../src/testing/checkpoints/folderServer.ts";
import { callLab } from "../../src/testing/labCall.ts";
import { judge } from "../python/judge.ts";
import { published } from "./publishedFolder.ts";

const isLong = process.env["PUBLISHED"] === "long";
const FORM = isLong
  ? { set: "xquad-r", languages: "en,th", steps: 20, pairs: 32 }
  : { set: "some-english", languages: "en", steps: 3, pairs: 8 };
const REPOSITORY = "intfloat/multilingual-e5-small";
const here = await published();

const spec = (id: string) =>
  applySettings(DEFAULT_SPEC, [
    `encoder.id=${id}`,
    "encoder.maxTokens=512", // as the library reads it
    `data.train=${FORM.set}`,
    `languages.train=${FORM.languages}`,
    "languages.heldOut=none",
    "batch.ratio=mono:1",
    `batch.size=${FORM.pairs}`,
    `steps=${FORM.steps}`,
    "evalEvery=0",
    "optimizer.learningRate=0.0001",
    "compute.backend=wasm",
  ]);

interface Squad {
  data: { paragraphs: { sentences: string[]; sentence_breaks: [number, number][]; qas: Question[] }[] }[];
}
interface Question {
  readonly question: string;
  readonly answers: readonly { readonly answer_start: number }[];
}

/** A BEIR folder of the first 100 English questions and the sentences around their answers; every third is for the test. */
async function writeSome(xquad: string, to: string): Promise<void> {
  const { data } = JSON.parse(await readFile(path.join(xquad, "en.json"), "utf8")) as Squad;
  const [corpus, queries]: [object[], object[]] = [[], []];
  const qrels: Record<"train" | "test", string[]> = { train: [], test: [] };
  for (const { sentences, sentence_breaks: breaks, qas } of data.flatMap(({ paragraphs }) => paragraphs)) {
    if (queries.length >= 100) break;
    const first = corpus.length;
    sentences.forEach((text) => corpus.push({ _id: `p${corpus.length}`, title: "", text }));
    for (const { question, answers } of qas) {
      const at = breaks.findIndex(([, end]) => answers[0]!.answer_start < end);
      qrels[queries.length % 3 === 0 ? "test" : "train"].push(`q${queries.length}\tp${first + at}\t1`);
      queries.push({ _id: `q${queries.length}`, text: question });
    }
  }
  const jsonl = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  await mkdir(path.join(to, "en/qrels"), { recursive: true });
  await writeFile(path.join(to, "en/corpus.jsonl"), jsonl(corpus));
  await writeFile(path.join(to, "en/queries.jsonl"), jsonl(queries));
  for (const [split, lines] of Object.entries(qrels)) {
    const text = `query-id\tcorpus-id\tscore\n${lines.join("\n")}\n`;
    await writeFile(path.join(to, `en/qrels/${split}.tsv`), text);
  }
}

/** Rounding leaves unit vectors this far apart, and their cosines. */
const CLOSE = 1e-5;

/** What the library is asked on a folder: vectors of all questions of a run's evaluation, and of its pool. */
async function questions({ resources: { prepared } }: ExecutedRun, folder: string) {
  const { full, test } = prepared;
  return [
    { folder, prompt: "query", texts: await test.texts("queries", [...full.queryRows]) },
    { folder, prompt: "document", texts: await test.texts("passages", [...full.passageRows]) },
  ];
}

/** The largest difference between cosines of the run's model and of the library, and the numbers that follow from its. */
async function compared({ resources: { model, prepared } }: ExecutedRun, library: readonly number[][][]) {
  const { full } = prepared;
  const own = [
    await model.encode(full.queries),
    await model.encode(await full.passages(full.passageRows.map((_, i) => i))),
  ];
  const [rows, columns, width] = [library[0]!.length, library[1]!.length, library[0]![0]!.length];
  const cosines = ([a, b]: readonly Float32Array[]) =>
    Float32Array.from({ length: rows * columns }, (_, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      let sum = 0;
      for (let d = 0; d < width; d++) sum += a![i * width + d]! * b![j * width + d]!;
      return sum;
    });
  const [ours, theirs] = [cosines(own), cosines(library.map((vectors) => Float32Array.from(vectors.flat())))];
  const worst = ours.reduce((most, score, at) => Math.max(most, Math.abs(score - theirs[at]!)), 0);
  return { worst, values: evaluateBySorting(full.set, theirs).values };
}

describe.skipIf(!here)(`multilingual-e5-small on ${FORM.set} (LAB_DATA_DIR), ${FORM.steps} steps`, () => {
  let dir = "";
  let run: ExecutedRun;
  let start: ExecutedRun;
  let library: number[][][] = []; // questions and pool by the published folder, then by the trained one
  const file = (name: string) => path.join(dir, name);
  const { folder, data } = here ?? { folder: "", data: "" };
  const places = () => nodePlaces(new Map([["e5-small", folder]]));

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), "lab-published-"));
    vi.stubEnv("LAB_HOME", file("home"));
    const from = path.join(data, "xquad-r");
    if (!isLong) await writeSome(from, file("some"));
    const added = await callLab("data", "add", FORM.set, "--from", isLong ? from : file("some"), "--quiet");
    expect(added, added.err).toMatchObject({ code: 0 });
    const options = { quiet: true, places: places() };
    start = await executeRun(spec("local:e5-small"), { ...options, training: false });
    const startMs = performance.now();
    run = await executeRun(spec("local:e5-small"), { ...options, training: true });
    const { pieceIds } = run.resources.prepared.vocabulary;
    const seconds = Math.round((performance.now() - startMs) / 1000);
    const mebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(`trained in ${seconds} s with ${pieceIds.length} pieces; peak ${mebibytes} MiB`);
    await saveModel(file("trained"), run, "F32", { out: () => undefined, err: () => undefined });
    const asked = [...(await questions(start, folder)), ...(await questions(run, file("trained")))];
    library = await judge<number[][][]>("vectors.py", asked);
  }, 1_500_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(dir, { recursive: true, force: true });
  });

  it("has the library's scores, and every number that follows from them", async () => {
    const { worst, values } = await compared(start, library.slice(0, 2));
    expect(worst).toBeLessThan(CLOSE);
    for (const path of ["map/mono", "map/multi", ...(isLong ? ["map/cross", "rankDistance"] : [])])
      expect(start.record.final.values[path], path).toBeCloseTo(values[path]!, 3); // two texts 1e-6 apart may change places
  });

  it("trains with the rows of the texts' pieces only", () => {
    const { vocabulary, config } = run.resources.prepared;
    expect(vocabulary.pieceIds.length).toBeLessThan(20_000);
    expect(config.vocabSize).toBe(vocabulary.pieceIds.length);
    const losses = run.record.points.filter(({ metric }) => metric === "loss/mono");
    expect(losses).toHaveLength(FORM.steps);
    // Whether it gets better is no matter of reading weights: with these settings it gets worse (docs/checkpoints.md).
    expect(run.record.digest).not.toBe(start.record.digest);
  });

  it("gives back a folder with the trained model's scores", async () => {
    const { worst, values } = await compared(run, library.slice(2));
    expect(worst).toBeLessThan(CLOSE);
    expect(run.record.final.values["map/mono"]).toBeCloseTo(values["map/mono"]!, 3);
  });

  it.runIf(isLong)(
    "teaches a bag of another width, read once",
    async () => {
      const taught = applySettings(spec("distilled-mini"), [
        "loss.distillation=scores",
        "loss.teacher=local:e5-small",
        "encoder.maxTokens=128",
        "steps=10",
      ]);
      const once = () => executeRun(taught, { training: true, quiet: true, places: places() });
      const [first, second] = [await once(), await once()];
      expect(first.record.environment.teacherSha256).toMatch(/^[0-9a-f]{64}$/);
      expect(first.notices.some((said) => /^The teacher local:e5-small reads [\d,]+ texts/.test(said))).toBe(
        true,
      );
      expect(second.notices.some((said) => said.startsWith("The teacher"))).toBe(false);
      expect(second.record.digest).toBe(first.record.digest);
    },
    1_200_000,
  );

  it("is the same encoder from the hub, downloaded once", async () => {
    const server = await startFolderServer(REPOSITORY, folder);
    vi.stubEnv("LAB_HUB", server.url);
    try {
      const { record } = await executeRun(spec(`hf:${REPOSITORY}`), { training: false, quiet: true });
      expect(record.environment.encoderSha256).toBe(start.record.environment.encoderSha256);
      expect(record.final.values).toEqual(start.record.final.values);
      expect(server.asked.filter((name) => name === "model.safetensors").length).toBeGreaterThan(0);
      expect(existsSync(file("home/hub"))).toBe(true);
      expect((await callLab("model", "list")).out).toMatch(
        /^hf:intfloat\/multilingual-e5-small\tdownloaded, 4[6-9]\d\.\d MB here/m,
      );
    } finally {
      vi.unstubAllEnvs();
      vi.stubEnv("LAB_HOME", file("home"));
      await server.close();
    }
  }, 600_000);
});
