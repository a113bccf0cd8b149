// A study's zip against the validators of what it says it holds: RO-Crate, Croissant, ir_metadata.
import { gunzipSync } from "node:zlib";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseCatalog } from "../../src/core/data/catalog.ts";
import { parseManifest, type Manifest } from "../../src/core/data/manifest.ts";
import { croissant } from "../../src/core/study/archive/croissant.ts";
import { irMetadata } from "../../src/core/trec/irMetadata.ts";
import { archiveTexts, handArchive } from "../../src/testing/handMadeArchive.ts";
import { testRecord } from "../../src/testing/testRecord.ts";
import { judge } from "./judge.ts";

const EMOJI = "public/datasets/cldr-emoji";
const DATE = expect.stringContaining("datePublished") as string; // of a dataset nobody states one to the lab
const VERSION = expect.stringContaining("version") as string;

let dir = "";
let manifest: Manifest;
const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, "utf8"));
async function write(name: string, text: string | Uint8Array): Promise<string> {
  const file = path.join(dir, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-study-zip-"));
  manifest = parseManifest(await readJson(`${EMOJI}/manifest.json`), EMOJI);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it("has a crate that ro-crate-py reads, file by file, and finds nothing missing in", async () => {
  const texts = await archiveTexts(handArchive());
  for (const [name, text] of Object.entries(texts)) await write(`crate/${name}`, text);
  const read = await judge<Record<string, unknown>>("studyZip.py", { crate: path.join(dir, "crate") });
  expect(read).toEqual({
    name: "How much mono",
    date: "2026-11-29",
    files: Object.keys(texts)
      .filter((name) => name !== "ro-crate-metadata.json")
      .sort(),
    missing: [],
    datasets: ["cldr-emoji"],
  });
});

it("describes datasets as mlcroissant wants them, with the rows that it then reads itself", async () => {
  const catalog = parseCatalog(await readJson("public/datasets/catalog.json"), "catalogue");
  const entryOf = (id: string) => catalog.find((one) => one.id === id);
  const few = { ...manifest, languages: ["af", "de"] };
  const shards = manifest.shards.filter(({ lang }) => few.languages.includes(lang));
  for (const { path: shard } of shards) {
    await write(`rows/${shard.replace(/\.gz$/, "")}`, gunzipSync(await readFile(`${EMOJI}/${shard}`)));
  }
  const described = {
    "rows/few": {
      id: "cldr-emoji",
      sha256: manifest.sha256,
      entry: entryOf("cldr-emoji"),
      manifest: { ...few, shards },
    },
    emoji: { id: "cldr-emoji", sha256: manifest.sha256, entry: entryOf("cldr-emoji"), manifest },
    xquad: { id: "xquad-r", sha256: "a".repeat(64), entry: entryOf("xquad-r") },
    own: { id: "my-own", sha256: "b".repeat(64) },
  };
  const files: string[] = [];
  for (const [name, one] of Object.entries(described))
    files.push(await write(`${name}.json`, JSON.stringify(croissant(one))));
  const found = await judge<Record<string, { errors: string[]; warnings: string[]; rows?: object }>>(
    "studyZip.py",
    {
      croissants: files,
      rows: files[0],
    },
  );
  const count = (side: string) =>
    shards.filter((shard) => shard.side === side).reduce((sum, { count: own }) => sum + own, 0);
  const clean = { errors: [], warnings: [VERSION, DATE] };
  expect(found[files[0]!]).toEqual({
    ...clean,
    rows: { queries: count("queries"), passages: count("passages") },
  });
  expect(found[files[1]!]).toEqual(clean);
  expect(found[files[2]!]).toEqual(clean);
  const unknown = ["license", "citeAs"].map((what) => expect.stringContaining(what) as string);
  expect(found[files[3]!]!.errors).toEqual([]); // of one's own sets nobody knows licence and citation: none is invented
  expect(found[files[3]!]!.warnings).toEqual(expect.arrayContaining(unknown));
});

it("heads rankings so that repro_eval reads them, and takes them for a change of the method alone", async () => {
  const lines = (scores: readonly number[]) =>
    scores.map((score, i) => `q1 Q0 d${i + 1} ${i + 1} ${score} tag\n`).join("");
  const head = (record: typeof testRecord) => irMetadata(record, { kind: "multi", language: "de" });
  const other = { ...testRecord, spec: { ...testRecord.spec, seed: 8 } };
  const first = await write("trec/a.run", head(testRecord) + lines([3, 2, 1]));
  const second = await write("trec/b.run", head(other) + lines([3, 1, 2]));
  const qrels = await write("qrels", "q1 0 d1 1\nq1 0 d3 1\n");
  const found = await judge<{ tag: string; primad: Record<string, string[]>; map: Record<string, number> }>(
    "studyZip.py",
    { run: first, folder: path.join(dir, "trec"), others: [second], qrels },
  );
  expect(found.tag).toBe("lab-cccccccc");
  expect(found.primad).toEqual({ prIMad: [second] }); // another link, and so another implementation of it
  expect(found.map["a.run"]).toBeCloseTo((1 + 2 / 3) / 2, 6); // relevant at ranks 1 and 3
  expect(found.map["b.run"]).toBeCloseTo(1, 6); // at ranks 1 and 2
});
