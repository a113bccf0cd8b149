// What `lab run` and `lab report` write, opened by the libraries that it is written for: the lab's numbers come out.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildEmbedded } from "../../src/cli/buildEmbedded.ts";
import { lab } from "../../src/cli/commands.ts";
import { judge } from "./judge.ts";

const LANGUAGES = ["cy", "en"];
const SMALL = [
  `languages.train=${LANGUAGES.join(",")}`,
  "languages.heldOut=none",
  "data.split=devConcepts", // rankings of all passages, a third as long as those of the held-out split
  "batch.size=16",
  "steps=6",
  "evalEvery=0",
];
const RUNS: Record<string, string[]> = {
  bag: ["encoder.id=distilled-mini"],
  transformer: ["encoder.id=random", "encoder.layers=1", "encoder.width=16"],
};

const dir = mkdtempSync(path.join(tmpdir(), "lab-files-"));
const at = (run: string, file: string) => path.join(dir, run, file);
afterAll(() => rmSync(dir, { recursive: true }));

async function call(...args: string[]): Promise<string> {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  expect(await lab([...args, "--quiet"], io), err.join("\n")).toBe(0);
  return out.join("\n");
}

type Scores = Readonly<Record<string, unknown>>;
/** A file of `lab report --to mteb`; its numbers are the record's. */
interface Report {
  readonly scores: { readonly test: readonly ({ readonly hf_subset: string } & Scores)[] };
}
const reports: Record<string, Report> = {};

beforeAll(async () => {
  await buildEmbedded();
  for (const [run, settings] of Object.entries(RUNS)) {
    mkdirSync(path.join(dir, run));
    const set = [...SMALL, ...settings].flatMap((setting) => ["--set", setting]);
    const files = ["--save", at(run, "model"), "--trec", at(run, "trec"), "--trec-depth", "all"];
    await call("run", "preset:hybrid", ...set, "--backend", "wasm", "--out", at(run, "run.json"), ...files);
    const report = await call("report", at(run, "run.json"), "--to", "mteb");
    writeFileSync(at(run, "mteb.json"), report);
    reports[run] = JSON.parse(report) as Report;
  }
}, 180_000);

describe("rankings and reports", () => {
  interface Answer {
    readonly irMeasures: Readonly<Record<string, Readonly<Record<string, number>>>>; // by pool
    readonly trecEval: Readonly<Record<string, number>>;
    readonly ranx: Readonly<Record<string, number>>;
    readonly mteb: {
      readonly task: string;
      readonly splits: readonly string[];
      readonly languages: readonly string[];
      readonly score: number;
      readonly scores: readonly Scores[];
    };
  }
  const run = "transformer";
  let answer: Answer;
  beforeAll(async () => {
    const pools = LANGUAGES.flatMap((lang) => [`mono.${lang}`, `multi.${lang}`]);
    const places = { dir: at(run, "trec"), report: at(run, "mteb.json") };
    answer = await judge<Answer>("runFiles.py", { ...places, names: pools, ranx: `mono.${LANGUAGES[0]}` });
  });
  const reported = (lang: string) => {
    const row = reports[run]!.scores.test.find(({ hf_subset }) => hf_subset === lang)!;
    return (name: string) => row[name] as number;
  };

  it.each(LANGUAGES)("of %s are read by ir_measures, which finds the record's numbers", (lang) => {
    const [mono, multi] = [answer.irMeasures[`mono.${lang}`]!, answer.irMeasures[`multi.${lang}`]!];
    const score = reported(lang);
    expect(mono["AP"]).toBeCloseTo(score("lab_map_mono"), 10);
    expect(mono["nDCG@10"]).toBeCloseTo(score("ndcg_at_10"), 10);
    expect(mono["R@100"]).toBeCloseTo(score("recall_at_100"), 10);
    expect(multi["AP"]).toBeCloseTo(score("lab_map_multi"), 10);
  });

  it("are read by trec_eval's own code and by ranx, which find the same", () => {
    const mono = answer.irMeasures[`mono.${LANGUAGES[0]}`]!;
    expect(answer.trecEval["map"]).toBeCloseTo(mono["AP"]!, 10);
    expect(answer.trecEval["ndcg_cut_10"]).toBeCloseTo(mono["nDCG@10"]!, 10);
    expect(answer.ranx["map"]).toBeCloseTo(mono["AP"]!, 10);
    expect(answer.ranx["mrr"]).toBeCloseTo(mono["RR"]!, 10);
    expect(answer.ranx["ndcg@10"]).toBeCloseTo(mono["nDCG@10"]!, 10);
    expect(answer.ranx["recall@100"]).toBeCloseTo(mono["R@100"]!, 10);
  });

  it("are read by mteb, which finds task, split, languages and every score", () => {
    const { scores, score, ...facts } = answer.mteb;
    expect(facts).toEqual({ task: "cldr-emoji", splits: ["test"], languages: ["cym", "eng"] });
    expect(scores).toMatchObject(reports[run]!.scores.test); // mteb adds its version to each
    const ndcg = LANGUAGES.map((lang) => reported(lang)("ndcg_at_10"));
    expect(score).toBeCloseTo((ndcg[0]! + ndcg[1]!) / 2, 10); // mteb's mean over subsets of main_score
  });
});

describe("saved models", () => {
  /** Id → text of the embedded dataset. */
  const textsOf = (side: string, lang: string) => {
    const folder = path.join("public/datasets/cldr-emoji", lang);
    const lines = readdirSync(folder)
      .filter((name) => name.startsWith(side))
      .flatMap((name) =>
        gunzipSync(readFileSync(path.join(folder, name)))
          .toString()
          .trim()
          .split("\n"),
      );
    const records = lines.map((line) => JSON.parse(line) as { _id: string; text: string });
    return new Map(records.map(({ _id, text }) => [_id, text]));
  };
  /** The ranking of the first queries in a run file: query, passage, score. */
  const ranked = (run: string, lang: string, nQueries: number) => {
    const rows = readFileSync(at(run, `trec/mono.${lang}.run`), "utf8")
      .trim()
      .split("\n");
    const parsed = rows
      .map((row) => row.split(" "))
      .map(([q, , p, , score]) => ({ q: q!, p: p!, score: +score! }));
    const queries = [...new Set(parsed.map(({ q }) => q))].slice(0, nQueries);
    return { queries, rows: parsed.filter(({ q }) => queries.includes(q)) };
  };

  /** "RUN of LANG" → the rows of its ranking and the vectors of their texts. */
  const compared = new Map<
    string,
    { rows: ReturnType<typeof ranked>["rows"]; vectors: Map<string, number[]> }
  >();
  beforeAll(async () => {
    const jobs = Object.keys(RUNS).flatMap((run) =>
      LANGUAGES.flatMap((lang) => {
        const name = `${run} of ${lang}`;
        const { queries, rows } = ranked(run, lang, 40);
        compared.set(name, { rows, vectors: new Map() });
        const job = (prompt: string, ids: string[], text: Map<string, string>) => {
          return { name, ids, folder: at(run, "model"), prompt, texts: ids.map((id) => text.get(id)!) };
        };
        const passages = [...new Set(rows.map(({ p }) => p))];
        return [
          job("query", queries, textsOf("queries", lang)),
          job("passage", passages, textsOf("passages", lang)),
        ];
      }),
    );
    const found = await judge<number[][][]>("vectors.py", jobs); // once: loading the library takes longest
    jobs.forEach(({ name, ids }, j) =>
      ids.forEach((id, i) => compared.get(name)!.vectors.set(id, found[j]![i]!)),
    );
  });

  it.each(Object.keys(RUNS))("give sentence-transformers the scores of the run's rankings: %s", (run) => {
    for (const lang of LANGUAGES) {
      const { rows, vectors } = compared.get(`${run} of ${lang}`)!;
      expect(rows.length).toBeGreaterThan(40 * 200);
      let worst = 0;
      for (const { q, p, score } of rows) {
        const passage = vectors.get(p)!;
        const found = vectors.get(q)!.reduce((sum, x, d) => sum + x * passage[d]!, 0);
        worst = Math.max(worst, Math.abs(found - score));
      }
      expect(worst).toBeLessThan(1e-5);
    }
  });
});
