// "It is done when": BEIR, MIRACL-shaped and MTEB folders, written here, are added, trained on and evaluated by command.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callLab } from "../testing/labCall.ts";
import { readRecord } from "../testing/readRecord.ts";
import {
  beirFolder,
  miraclFolder,
  mlqaFolder,
  mtebFolder,
  OWN_COUNTS,
  type FolderFiles,
} from "../testing/ownFolders.ts";

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
  const { out, ...rest } = await callLab(...args);
  return { ...rest, out: out.split("\n") };
}

async function write(id: string, files: FolderFiles): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    const place = path.join(dir, id, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
  }
}

const evaluate = (id: string, ...more: string[]) =>
  call(
    "eval",
    "random",
    ...["--data", id, "--set", "encoder.width=16", "--backend", "wasm", "--quiet", ...more],
  );

/** Adds, trains two steps, evaluates the start weights too; queries and pool are those of the test split and of all. */
async function trainAndEvaluate(id: string, files: FolderFiles, ...add: string[]): Promise<void> {
  await write(id, files);
  const added = await call("data", "add", id, "--from", path.join(dir, id), ...add);
  expect(added.err).toBe("");
  expect(added.out).toContain(`all\t${2 * OWN_COUNTS.judged}\t${2 * OWN_COUNTS.documents}`);
  expect(added.out.find((line) => line.includes("queries without a relevant document"))).toMatch(
    /^Left out: 2 .*\. By query > passage language: sw > sw 1, yo > yo 1$/,
  );
  const out = path.join(dir, `${id}.json`);
  const settings = [
    `data.train=${id}`,
    "data.eval=same",
    "data.split=heldOut",
    "languages.train=sw,yo",
    "languages.heldOut=none",
    "batch.size=8",
    "encoder.id=random",
    "encoder.width=16",
    "steps=2",
    "evalEvery=2",
    "compute.backend=wasm",
  ].flatMap((setting) => ["--set", setting]);
  const run = await call("run", "preset:mono", ...settings, "--out", out, "--quiet");
  expect(run.err).toBe("");
  const record = await readRecord(out);
  expect([record.final.queries, record.final.skippedQueries]).toEqual([2 * OWN_COUNTS.test, 0]);
  expect(record.final.values["map/mono"]).toBeGreaterThan(0);
  expect(record.points.some((point) => point.metric === "loss/mono")).toBe(true);
  const all = path.join(dir, `${id}.eval.json`);
  const evaluated = await evaluate(id, "--out", all);
  expect(evaluated.err).toBe("");
  expect((await readRecord(all)).final.queries).toBe(2 * OWN_COUNTS.judged); // all splits
}

it("a BEIR folder per language", async () => {
  await trainAndEvaluate("my-beir", beirFolder(), "--title", "Mine", "--licence", "CC0-1.0");
}, 120_000);

it("an MTEB folder of Parquet", async () => {
  await trainAndEvaluate("my-mteb", mtebFolder());
}, 120_000);

it("a MIRACL-shaped folder", async () => {
  await trainAndEvaluate("miracl", miraclFolder());
}, 120_000);

it("MLQA-R's layout: pairs of a question and a pool without an answer are left out, and counted by language", async () => {
  const askedIn = {
    a: ["ar", "de", "en"],
    b: ["de", "en", "es"],
    c: ["vi", "zh"],
    d: ["de", "en", "es", "hi"],
  };
  await write("mlqa", mlqaFolder(askedIn));
  const added = await call("data", "add", "mlqa-r", "--from", path.join(dir, "mlqa"));
  expect([added.err, added.code]).toEqual(["", 0]);
  expect(added.out).toContain("all\t12\t14"); // 3 + 3 + 2 + 4 questions; 7 languages of 2 sentences
  // Each language asks a question's every absent language in vain. a lacks es hi vi zh, b lacks ar hi vi zh,
  // c lacks ar de en es hi, d lacks ar vi zh: 3 x 4 + 3 x 4 + 2 x 5 + 4 x 3 = 46. de and en ask a, b and d.
  const three = { ar: 2, es: 1, hi: 2, vi: 3, zh: 3 };
  const expected = {
    ar: { es: 1, hi: 1, vi: 1, zh: 1 },
    de: three,
    en: three,
    es: { ar: 2, hi: 1, vi: 2, zh: 2 },
    hi: { ar: 1, vi: 1, zh: 1 },
    vi: { ar: 1, de: 1, en: 1, es: 1, hi: 1 },
    zh: { ar: 1, de: 1, en: 1, es: 1, hi: 1 },
  };
  const note = added.out.find((line) => line.startsWith("Left out: 46 pairs of a question and a pool"))!;
  const pairs = [...note.split("language: ")[1]!.matchAll(/(\w+) > (\w+) (\d+)/g)];
  expect(pairs.map(([, query, passage, n]) => `${query} ${passage} ${n}`).sort()).toEqual(
    Object.entries(expected).flatMap(([query, pools]) =>
      Object.entries(pools).map(([passage, n]) => `${query} ${passage} ${n}`),
    ),
  );

  const out = path.join(dir, "mlqa.eval.json");
  const evaluated = await evaluate("mlqa-r", "--out", out);
  expect(evaluated.err).toBe("");
  const { final } = await readRecord(out);
  expect([final.queries, final.skippedQueries, final.pool]).toEqual([12, 0, 14]);
  expect(final.skippedPairs).toEqual(expected);
  expect(evaluated.out.filter((line) => line.startsWith("skippedPairs"))).toEqual([
    "skippedPairs/ar\tes 1, hi 1, vi 1, zh 1",
    "skippedPairs/de\tar 2, es 1, hi 2, vi 3, zh 3",
    "skippedPairs/en\tar 2, es 1, hi 2, vi 3, zh 3",
    "skippedPairs/es\tar 2, hi 1, vi 2, zh 2",
    "skippedPairs/hi\tar 1, vi 1, zh 1",
    "skippedPairs/vi\tar 1, de 1, en 1, es 1, hi 1",
    "skippedPairs/zh\tar 1, de 1, en 1, es 1, hi 1",
  ]);
  expect([final.matrix["ar"]!["es"], final.matrix["hi"]!["vi"]]).toEqual([null, null]); // nobody is left to ask
  expect(final.matrix["de"]!["es"]).toBeGreaterThan(0); // b and d are
  const two = await evaluate("mlqa-r", "--langs", "ar,zh");
  expect(two.out).toContain("skippedPairs/ar\tzh 1");
}, 120_000);

it("a query that is a document finds itself first, or is left out of its own ranking", async () => {
  // Two documents; the query is the first of them word for word, and the second answers it: rank 2, or 1 without itself.
  const files = {
    "corpus.jsonl": '{"_id":"a1","text":"maji moto"}\n{"_id":"a2","text":"jua kali"}\n',
    "queries.jsonl": '{"_id":"a1","text":"maji moto"}\n',
    "qrels/test.tsv": "query-id\tcorpus-id\tscore\na1\ta2\t1\n",
  };
  await write("self", files);
  const results = [];
  for (const [id, ...more] of [["self-counted"], ["self-left-out", "--leave-out-own"]] as const) {
    const added = await call("data", "add", id, "--from", path.join(dir, "self"), "--lang", "sw", ...more);
    expect(added.err).toBe("");
    const out = path.join(dir, `${id}.json`);
    const trec = path.join(dir, `${id}.trec`);
    expect((await evaluate(id, "--out", out, "--trec", trec, "--trec-depth", "all")).err).toBe("");
    const run = await readFile(path.join(trec, "mono.sw.run"), "utf8");
    results.push({
      note: added.out.find((line) => line.includes("queries with the id of a document")),
      map: (await readRecord(out)).final.values["map/mono"],
      ranked: run
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[2]),
      qrels: await readFile(path.join(trec, "mono.sw.qrels"), "utf8"),
    });
  }
  const qrels = "sw:a1 0 sw:a2 1\n";
  expect(results).toEqual([
    {
      note: "Noted once: queries with the id of a document, which counts as any other; BEIR and MTEB leave it out (--leave-out-own, or its box in the page) (first: self/queries.jsonl line 1)",
      map: 1 / 2,
      ranked: ["sw:a1", "sw:a2"],
      qrels,
    },
    {
      note: "Noted once: queries with the id of a document, which is left out of their rankings, as in BEIR and MTEB (first: self/queries.jsonl line 1)",
      map: 1,
      ranked: ["sw:a2"],
      qrels,
    },
  ]);
}, 60_000);

it("exports of one evaluation agree with each other and with arithmetic", async () => {
  // Equal texts score equal, whatever the weights, so a language's passages rank by id, the last first.
  const collection = (word: string, nDocuments: number, judged: readonly (readonly [string, string])[]) => ({
    "corpus.jsonl": Array.from(
      { length: nDocuments },
      (_, i) => `{"_id":"d${i + 1}","title":"","text":"${word}"}\n`,
    ).join(""),
    "queries.jsonl": ["q1", "q2"].map((id) => `{"_id":"${id}","text":"${word} ${id}"}\n`).join(""),
    "qrels/test.tsv": `query-id\tcorpus-id\tscore\n${judged.map(([q, d]) => `${q}\t${d}\t1\n`).join("")}`,
  });
  const sw = collection("maji", 4, [["q1", "d1"], ["q2", "d2"], ["q2", "d3"]]); // prettier-ignore
  const yo = collection("omi", 2, [["q1", "d2"], ["q2", "d1"]]); // prettier-ignore
  const inFolder = (lang: string, files: FolderFiles) =>
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`${lang}/${name}`, content]));
  await write("ties", { ...inFolder("sw", sw), ...inFolder("yo", yo) });
  expect((await call("data", "add", "ties", "--from", path.join(dir, "ties"))).err).toBe("");
  const out = path.join(dir, "ties.json");
  const trec = path.join(dir, "trec");
  const evaluated = await evaluate("ties", "--out", out, "--trec", trec, "--trec-depth", "all");
  expect(evaluated.err).toBe("");

  // sw, order d4 d3 d2 d1: q1 finds d1 at 4, q2 finds d3 and d2 at 2 and 3. yo, order d2 d1: q1 at 1, q2 at 2.
  const map = { sw: (1 / 4 + (1 / 2 + 2 / 3) / 2) / 2, yo: (1 + 1 / 2) / 2 };
  const gain = (rank: number) => 1 / Math.log2(rank + 1);
  const ndcg = {
    sw: (gain(4) + (gain(2) + gain(3)) / (gain(1) + gain(2))) / 2,
    yo: (gain(1) + gain(2)) / 2,
  };
  const mo = (map.sw + map.yo) / 2;
  expect(mo).toBeCloseTo(7 / 12, 12); // (5/12 + 3/4) / 2

  const { final } = await readRecord(out);
  expect(final.values["map/mono"]).toBeCloseTo(mo, 12);
  const report = async (...args: string[]) => (await call("report", out, ...args)).out.join("\n");
  const csv = (await report("--to", "csv")).split("\r\n").map((line) => line.split(","));
  const point = (metric: string, lang: string) =>
    Number(csv.find((row) => row[3] === metric && row[4] === lang)![6]);
  expect([point("map/mono", ""), point("map/multi", "")]).toEqual([
    final.values["map/mono"],
    final.values["map/multi"],
  ]);
  const mteb = JSON.parse(await report("--to", "mteb")) as {
    scores: { test: { hf_subset: string; main_score: number; lab_map_mono: number }[] };
  };
  const cells = (text: string, by: string, name: string) =>
    text
      .split("\n")
      .find((line) => line.includes(name) && line.includes(by))!
      .replace(/\\\\$/, "")
      .split(by)
      .map((cell) => cell.trim())
      .filter((cell) => cell !== "");
  const wholeRow = cells(await report(), "|", "ties");
  expect(wholeRow.slice(1, 3)).toEqual([".583", "–"]); // 7/12; no query is answered in the other language
  expect(cells(await report("--to", "latex"), " & ", "ties")).toEqual(
    wholeRow.map((cell) => cell.replace("–", "--")),
  );
  for (const [lang, name] of [
    ["sw", "Swahili"],
    ["yo", "Yoruba"],
  ] as const) {
    // prettier-ignore
    const { "map/mono": mono, "ndcg@10/mono": found } = final.perLanguage[lang]!.values;
    expect([mono, found]).toEqual([expect.closeTo(map[lang], 12), expect.closeTo(ndcg[lang], 12)]);
    expect([point("map/mono", lang), point("ndcg@10/mono", lang)]).toEqual([mono, found]);
    const subset = mteb.scores.test.find(({ hf_subset }) => hf_subset === lang)!;
    expect([subset.lab_map_mono, subset.main_score]).toEqual([mono, found]);
    const row = cells(await report("--languages"), "|", name);
    expect(row.slice(1, 3)).toEqual(["2", map[lang].toFixed(3).slice(1)]);
    expect(row.at(-1)).toBe(ndcg[lang].toFixed(3).slice(1));
    const latex = cells(await report("--languages", "--to", "latex"), " & ", name);
    expect(latex).toEqual(row.map((cell) => cell.replace("–", "--")));
    const files = [
      "--run",
      path.join(trec, `mono.${lang}.run`),
      "--qrels",
      path.join(trec, `mono.${lang}.qrels`),
    ];
    const measured = await call("metrics", ...files, "-m", "map", "-m", "ndcg_cut_10");
    expect(measured.out.join("\n").split("\n")).toEqual([
      `map\tall\t${map[lang].toFixed(4)}`,
      `ndcg_cut_10\tall\t${ndcg[lang].toFixed(4)}`,
    ]);
  }
}, 120_000);

it("ids that TREC files cannot hold are told before the evaluation, which goes on without --trec", async () => {
  const collection = (query: string, document: string) => ({
    "corpus.jsonl": [document, "wolf"]
      .map((id) => `{"_id":"${id}","title":"","text":"maji ${id}"}\n`)
      .join(""),
    "queries.jsonl": `{"_id":"${query}","text":"maji"}\n`,
    "qrels/test.tsv": `query-id\tcorpus-id\tscore\n${query}\t${document}\t1\n`,
  });
  await write("spaced", collection("q1", "red fox"));
  await write("spaced-queries", collection("q 1", "fox"));
  for (const [id, what] of [
    ["spaced", 'passage id "sw:red fox"'],
    ["spaced-queries", 'query id "sw:q 1"'],
  ] as const) {
    const added = await call("data", "add", id, "--from", path.join(dir, id), "--lang", "sw");
    expect([added.err, added.code]).toEqual(["", 0]);
    const [out, trec] = [path.join(dir, `${id}.json`), path.join(dir, `${id}-trec`)];
    const refused = await evaluate(id, "--out", out, "--trec", trec);
    expect([refused.code, refused.err]).toEqual([
      2,
      `TREC files separate by white space: ${what} must hold none and not be empty`,
    ]);
    expect([existsSync(out), existsSync(trec)]).toEqual([false, false]);
    expect(await evaluate(id, "--out", out)).toMatchObject({ code: 0, err: "" });
  }
}, 120_000);
