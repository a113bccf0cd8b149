// "It is done when": BEIR, MIRACL-shaped and MTEB folders, written here, are added, trained on and evaluated by command.
import { parquetWriteBuffer } from "hyparquet-writer";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { gzipSync } from "node:zlib";
import type { RunRecord } from "../core/record/runRecord.ts";
import { lab } from "./commands.ts";

let dir = "";
const home = process.env["LAB_HOME"];
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  process.env["LAB_HOME"] = path.join(dir, "home");
});
afterAll(async () => {
  if (home === undefined) delete process.env["LAB_HOME"];
  else process.env["LAB_HOME"] = home;
  await rm(dir, { recursive: true });
});

async function call(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await lab(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err: err.join("\n") };
}

const LANGUAGES = ["sw", "yo"];
const N = 40; // documents a language; queries 0 to 27 train, 28 to 39 are test, 39 has no relevant document
const WORDS = "maji moto nyumba mti samaki jua mwezi nyota mto bahari".split(" ");
const name = (i: number) => `${WORDS[i % 10]} ${WORDS[Math.floor(i / 10)]}`;
const documents = Array.from({ length: N }, (_, i) => ({
  id: `d${i}`,
  title: name(i),
  text: `${name(i)} ${i}`,
}));
const queries = Array.from({ length: N }, (_, i) => ({ id: `q${i}`, text: `${name(i)}?` }));
const judged = (split: string) =>
  queries
    .slice(split === "train" ? 0 : 28, split === "train" ? 28 : 39)
    .map(({ id }) => [id, id.replace("q", "d"), 1] as const);

const jsonl = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const lines = (rows: readonly (readonly (string | number)[])[]) =>
  rows.map((row) => `${row.join("\t")}\n`).join("");

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), content);
  }
}

/** Adds, trains two steps, evaluates the start weights too; queries and pool are those of the test split and of all. */
async function trainAndEvaluate(id: string, ...add: string[]): Promise<void> {
  const added = await call("data", "add", id, "--from", path.join(dir, id), ...add);
  expect(added.err).toBe("");
  expect(added.out).toContain(`all\t${LANGUAGES.length * 39}\t${LANGUAGES.length * N}`);
  expect(added.out.find((line) => line.includes("queries without a relevant document"))).toMatch(
    /^Left out: 2 /,
  );
  const out = path.join(dir, `${id}.json`);
  const settings = [
    ...[
      `data.train=${id}`,
      "data.eval=same",
      "languages.train=sw,yo",
      "languages.heldOut=none",
      "batch.size=8",
    ],
    ...["encoder.id=random", "encoder.width=16", "steps=2", "evalEvery=2", "compute.backend=wasm"],
  ].flatMap((setting) => ["--set", setting]);
  const run = await call("run", "preset:mono", ...settings, "--out", out, "--quiet");
  expect(run.err).toBe("");
  const record = JSON.parse(await readFile(out, "utf8")) as RunRecord;
  expect([record.final.queries, record.final.skippedQueries]).toEqual([22, 0]); // 11 test queries a language
  expect(record.final.map.mono).toBeGreaterThan(0);
  expect(record.points.some((point) => point.metric === "loss/mono")).toBe(true);
  const all = path.join(dir, `${id}.eval.json`);
  const evaluated = await call(
    "eval",
    "random",
    "--data",
    id,
    "--set",
    "encoder.width=16",
    "--backend",
    "wasm",
    "--out",
    all,
    "--quiet",
  );
  expect(evaluated.err).toBe("");
  expect((JSON.parse(await readFile(all, "utf8")) as RunRecord).final.queries).toBe(78); // all splits
}

it("a BEIR folder per language", async () => {
  for (const lang of LANGUAGES) {
    const qrels = (split: string) => `query-id\tcorpus-id\tscore\n${lines(judged(split))}`;
    await write({
      [`my-beir/${lang}/corpus.jsonl`]: jsonl(documents.map(({ id, ...rest }) => ({ _id: id, ...rest }))),
      [`my-beir/${lang}/queries.jsonl`]: jsonl(queries.map(({ id, text }) => ({ _id: id, text }))),
      [`my-beir/${lang}/qrels/train.tsv`]: qrels("train"),
      [`my-beir/${lang}/qrels/test.tsv`]: qrels("test"),
    });
  }
  await trainAndEvaluate("my-beir", "--title", "Mine", "--licence", "CC0-1.0");
}, 120_000);

it("an MTEB folder of Parquet", async () => {
  const parquet = (rows: readonly Record<string, string | number>[]) =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: Object.keys(rows[0]!).map((column) => ({
          name: column,
          data: rows.map((row) => row[column]!),
        })),
      }),
    );
  for (const lang of LANGUAGES) {
    const qrels = (split: string) =>
      parquet(judged(split).map(([q, d, score]) => ({ "query-id": q, "corpus-id": d, score })));
    await write({
      [`my-mteb/${lang}-corpus/test-00000-of-00001.parquet`]: parquet(
        documents.map(({ id, ...rest }) => ({ _id: id, ...rest })),
      ),
      [`my-mteb/${lang}-queries/test-00000-of-00001.parquet`]: parquet(
        queries.map(({ id, text }) => ({ _id: id, text })),
      ),
      [`my-mteb/${lang}-qrels/train-00000-of-00001.parquet`]: qrels("train"),
      [`my-mteb/${lang}-qrels/test-00000-of-00001.parquet`]: qrels("test"),
    });
  }
  await trainAndEvaluate("my-mteb");
}, 120_000);

it("a MIRACL-shaped folder", async () => {
  for (const lang of LANGUAGES) {
    for (const part of ["train", "dev"]) {
      const asked = part === "train" ? queries.slice(0, 28) : queries.slice(28);
      await write({
        [`miracl/topics.miracl-v1.0-${lang}-${part}.tsv`]: lines(asked.map(({ id, text }) => [id, text])),
        [`miracl/qrels.miracl-v1.0-${lang}-${part}.tsv`]: lines(
          judged(part).map(([q, d]) => [q, "Q0", d, 1]),
        ),
      });
    }
    const corpus = jsonl(documents.map(({ id, ...rest }) => ({ docid: id, ...rest })));
    await write({ [`miracl/miracl-corpus-v1.0-${lang}/docs-0.jsonl.gz`]: gzipSync(corpus) });
  }
  await trainAndEvaluate("miracl");
}, 120_000);
