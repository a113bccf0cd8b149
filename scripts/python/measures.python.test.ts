// `lab metrics` against trec_eval's own code: invented runs full of ties, gaps, grades and unjudged documents.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lab } from "../../src/cli/commands.ts";
import { SpecError } from "../../src/core/inputError.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import { parseMeasure } from "../../src/core/trec/measureNames.ts";
import { parseQrels } from "../../src/core/trec/parseQrels.ts";
import { parseRun } from "../../src/core/trec/parseRun.ts";
import { trecMeasures } from "../../src/core/trec/trecMeasures.ts";
import { judge } from "./judge.ts";

const CUTS = "1,5,10,15,20,30,100";
const MEASURES = [
  "num_ret",
  "num_rel",
  "num_rel_ret",
  "map",
  "Rprec",
  "bpref",
  "recip_rank",
  "ndcg",
  "iprec_at_recall",
  "num_nonrel_judged_ret",
  "infAP",
  "11pt_avg",
  "set_P",
  "set_relative_P",
  "set_recall",
  "set_map",
  "set_F",
  ...["P", "recall", "ndcg_cut", "map_cut", "success", "relative_P"].map((family) => `${family}.${CUTS}`),
];
/** What the lab calls as ir_measures does. */
const IR_NAMES = [
  "AP",
  "AP@5",
  "nDCG",
  "nDCG@10",
  "RR",
  "P@10",
  "R@100",
  "Success@5",
  "Rprec",
  "Bpref",
  "AP(rel=2)",
  "AP(rel=2)@5",
  "P(rel=3)@10",
  "R(rel=2)@10",
  "RR(rel=2)",
  "Success(rel=2)@5",
  "Rprec(rel=2)",
  "Bpref(rel=2)",
  "infAP",
  "infAP(rel=2)",
  "NumRet(rel=2)",
  "SetP",
  "SetP(rel=2)",
  "SetP(relative=True)",
  "SetR",
  "SetR(rel=2)",
  "SetF",
  "SetAP",
  "SetAP(rel=3)",
  "IPrec@0.3",
  "AP(judged_only=True)",
  "P(judged_only=True)@5",
  "nDCG(judged_only=True)@5",
  "SetP(judged_only=True)",
  "RR(rel=2,judged_only=True)",
];
/**
 * Each asked by itself: of one call, ir_measures mixes up several weights, and counts what was retrieved among
 * all passages or among the judged ones as the order of its set of measures happens to be.
 */
const ALONE = ["NumRet", "SetF(beta=0.5)", "SetF(rel=2,beta=3.0)"];
/** gdeval's, which prints five digits. */
const ROUNDED = ["ERR@5", "ERR@20", "nDCG(dcg='exp-log2')@10"];
/**
 * ir_measures breaks these ties by another rule than trec_eval's, and counts nothing where the run lacks a query:
 * compared where there are no ties, of queries in both files.
 */
const TIE_FREE = ["RR@5", "RR(rel=2)@10", "Judged@5", "Judged@100", "Judged", "NumRel"];

interface Answer {
  readonly registry: readonly string[]; // all names that ir_measures has
  /** Of queries in both files, by trec_eval's names. */
  readonly queries: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly irQueries: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly irMeans: Readonly<Record<string, number>>; // over all judged queries
}

/** Ids that bytes, UTF-16 units and letters would each order differently. */
const PREFIXES = ["d", "D", "\uff61", "\u{1f600}", "é", "10"];

/** One run and its qrels; scores are float32, since trec_eval 10 also tells doubles apart. */
function anyPair(random: Random) {
  const [run, qrels]: [string[], string[]] = [[], []];
  const nQueries = 1 + random.int(6);
  const steps = [1, 2, 4, 1000][random.int(4)]!; // different scores: all tied, a few, hardly any
  const [found, judged] = [random.next(), random.next()];
  for (let q = 0; q < nQueries; q++) {
    const [inRun, inQrels] = [q === 0 || random.next() < 0.85, q === 0 || random.next() < 0.85];
    const nDocuments = 1 + random.int([3, 12, 40, 150][random.int(4)]!);
    const best = random.int(4); // the highest grade; 0: nothing is relevant
    for (let d = 0; d < nDocuments; d++) {
      const id = `${PREFIXES[random.int(PREFIXES.length)]}${d}`;
      const score = (random.int(steps) - steps / 2) / 8;
      if (inRun && (d === 0 || random.next() < found)) run.push(`${q} Q0 ${id} ${random.int(99)} ${score} t`);
      if (inQrels && (d === 0 || random.next() < judged)) {
        const grade = random.int(best + 2) - 1;
        // trec_eval writes beyond its memory where all grades of a query are below 0: the first is not.
        qrels.push(`${q} 0 ${id} ${d === 0 ? Math.max(0, grade) : grade}`);
      }
    }
  }
  const file = (lines: string[]) =>
    random
      .shuffle(lines)
      .map((line) => `${line}\n`)
      .join("");
  return { run: file(run), qrels: file(qrels) };
}

const PAIRS = 150;
const random = createRandom(20261128);
const pairs = Array.from({ length: PAIRS }, () => anyPair(random));
let answers: Answer[] = [];
beforeAll(async () => {
  answers = await judge<Answer[]>("measures.py", {
    pairs,
    measures: MEASURES,
    calls: [[...IR_NAMES, ...ROUNDED], TIE_FREE, ...ALONE.map((name) => [name])],
  });
}, 60_000);

const parses = (name: string) => {
  try {
    return parseMeasure(name).length === 1;
  } catch {
    return false;
  }
};

const evaluate = (i: number, names: readonly string[], complete = false) =>
  trecMeasures(parseRun(pairs[i]!.run, "run"), parseQrels(pairs[i]!.qrels, "qrels"), names, { complete });

/** Every value that either side has, as "query measure value" at 10 digits: two lists that must be one. */
const listed = (values: Iterable<readonly [query: string, measure: string, value: number]>) =>
  Array.from(values, ([query, measure, value]) => `${query} ${measure} ${(value + 0).toFixed(10)}`).sort();
const flat = (queries: Answer["queries"]) =>
  Object.entries(queries).flatMap(([query, values]) =>
    Object.entries(values).map(([measure, value]) => [query, measure, value] as const),
  );
const only = (names: readonly string[], rows: ReturnType<typeof flat>) =>
  rows.filter(([, measure]) => names.includes(measure));

describe("trec_eval's measures", () => {
  it(`are pytrec_eval's, query by query, on ${PAIRS} invented runs`, () => {
    for (let i = 0; i < PAIRS; i++) {
      const { measures, queries } = evaluate(i, MEASURES);
      const own = queries.flatMap(({ id, values }) =>
        measures.map(({ name }, m) => [id, name, values[m]!] as const),
      );
      expect(listed(own)).toEqual(listed(flat(answers[i]!.queries)));
    }
  });

  it("are ir_measures' under its names, for queries and as means over all that are judged", () => {
    const names = [...IR_NAMES, ...ALONE];
    for (let i = 0; i < PAIRS; i++) {
      const { queries, all } = evaluate(i, names, true);
      const own = queries.flatMap(({ id, values }) =>
        names.map((name, m) => [id, name, values[m]!] as const),
      );
      expect(listed(own)).toEqual(listed(only(names, flat(answers[i]!.irQueries))));
      expect(listed(names.map((name, m) => ["all", name, all[m]!] as const))).toEqual(
        listed(only(names, flat({ all: answers[i]!.irMeans }))),
      );
    }
  });

  it(`are gdeval's ${ROUNDED.join(", ")}, to its five digits`, () => {
    for (let i = 0; i < PAIRS; i++) {
      for (const { id, values } of evaluate(i, ROUNDED, true).queries) {
        ROUNDED.forEach((name, m) => {
          const found = answers[i]!.irQueries[id]![name]!;
          expect(Math.abs(values[m]! - found), `${name} of query ${id} of ${i}`).toBeLessThanOrEqual(
            0.501e-5,
          );
        });
      }
    }
  });

  it(`are ir_measures' ${TIE_FREE.join(", ")} where no scores are tied`, () => {
    let compared = 0;
    for (let i = 0; i < PAIRS; i++) {
      const { queries } = evaluate(i, TIE_FREE);
      for (const { id, values } of queries) {
        const scores = parseRun(pairs[i]!.run, "run").lists.get(id)!.scores;
        if (new Set(scores).size < scores.length) continue;
        TIE_FREE.forEach((name, m) => {
          expect(values[m], `${name} of query ${id} of ${i}`).toBe(answers[i]!.irQueries[id]![name] ?? 0);
        });
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(PAIRS / 2);
  });

  it("are asked by every name that ir_measures has, or refused by that name", () => {
    const unread = answers[0]!.registry.filter((name) => {
      try {
        parseMeasure(name);
      } catch (error) {
        if (!(error instanceof SpecError)) throw error;
        const isKnown = error.message.startsWith(`measure "${name}"`) || ["P", "R"].includes(name);
        return !isKnown && !parses(`${name}@10`) && !parses(`${name}@0.1`);
      }
      return false;
    });
    expect(unread).toEqual([]);
  });

  it("meet ties, gaps, grades below 0 and queries that one file lacks", () => {
    const counts = { tied: 0, unjudged: 0, negative: 0, onlyInRun: 0, onlyInQrels: 0, nothingRelevant: 0 };
    pairs.forEach(({ run, qrels }, i) => {
      const lists = [...parseRun(run, "run").lists];
      const judged = parseQrels(qrels, "qrels");
      counts.tied += Number(lists.some(([, { scores }]) => new Set(scores).size < scores.length));
      counts.unjudged += Number(
        lists.some(([query, { ids }]) => ids.some((id) => !judged.get(query)?.has(id))),
      );
      counts.negative += Number(/ -1$/m.test(qrels));
      counts.nothingRelevant += Number(
        [...judged.values()].some((own) => [...own.values()].every((g) => g <= 0)),
      );
      const { onlyInRun, onlyInQrels } = evaluate(i, ["map"]);
      counts.onlyInRun += onlyInRun;
      counts.onlyInQrels += onlyInQrels;
    });
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(PAIRS / 10);
  });
});

describe("lab metrics", () => {
  const dir = mkdtempSync(path.join(tmpdir(), "lab-metrics-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  it("prints pytrec_eval's means over the queries in both files, at 4 digits", async () => {
    for (let i = 0; i < 20; i++) {
      const files = { run: path.join(dir, "a.run"), qrels: path.join(dir, "a.qrels") };
      for (const which of ["run", "qrels"] as const) writeFileSync(files[which], pairs[i]![which]);
      const out: string[] = [];
      const asked = ["map", "ndcg_cut.10", "recip_rank", "bpref", "P.5"].flatMap((name) => ["-m", name]);
      const io = { out: (line: string) => out.push(line), err: () => undefined };
      expect(await lab(["metrics", "--run", files.run, "--qrels", files.qrels, ...asked], io)).toBe(0);
      const queries = Object.values(answers[i]!.queries);
      for (const line of out.join("\n").trim().split("\n")) {
        const [name, all, shown] = line.split("\t");
        const mean = queries.reduce((sum, values) => sum + values[name!]!, 0) / queries.length;
        expect(all).toBe("all");
        expect(Math.abs(Number(shown) - mean), line).toBeLessThanOrEqual(0.5e-4 + 1e-12);
      }
    }
  });
});
