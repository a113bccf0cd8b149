// Every measure against numpy's computation of it (numpyReference.py), value by value and as printed.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formatTrec } from "./formatTrec.ts";
import { parseQrels } from "./parseQrels.ts";
import { parseRun } from "./parseRun.ts";
import { trecMeasures } from "./trecMeasures.ts";

const reference = JSON.parse(
  readFileSync(new URL("./numpyReference.fixture.json", import.meta.url), "utf8"),
) as {
  readonly run: readonly string[];
  readonly qrels: readonly string[];
  readonly queries: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly all: Readonly<Record<string, number>>;
};
const names = Object.keys(reference.all);
const results = trecMeasures(
  parseRun(reference.run.join("\n"), "run"),
  parseQrels(reference.qrels.join("\n"), "qrels"),
  names,
);

it("finds the values of every query and their means", () => {
  expect(results.queries.map(({ id }) => id)).toEqual(Object.keys(reference.queries));
  results.measures.forEach(({ name, summary }, m) => {
    expect(results.all[m], name).toBeCloseTo(reference.all[name]!, 12);
    if (summary === "geometric") return; // of one query it is its AP
    for (const { id, values } of results.queries) {
      expect(values[m], `${name} of ${id}`).toBeCloseTo(reference.queries[id]![name]!, 12);
    }
  });
});

it("prints them as trec_eval does: counts whole, the rest with 4 digits", () => {
  const lines = formatTrec(results, { perQuery: false }).trimEnd().split("\n");
  expect(lines).toEqual(
    names.map((name) => {
      const value = reference.all[name]!;
      return `${name}\tall\t${name.startsWith("num_") ? value : value.toFixed(4)}`;
    }),
  );
});

it("answers to ir_measures' names", () => {
  const pairs = { "nDCG@10": "ndcg_cut_10", "AP@100": "map_cut_100", RR: "recip_rank", "P@5": "P_5" };
  const more = { "R@100": "recall_100", "Success@1": "success_1", Bpref: "bpref", Rprec: "Rprec" };
  const [run, qrels] = [parseRun(reference.run.join("\n"), "r"), parseQrels(reference.qrels.join("\n"), "q")];
  for (const [asked, name] of Object.entries({ ...pairs, ...more })) {
    const { measures, all } = trecMeasures(run, qrels, [asked]);
    expect([measures[0]!.name, all[0]]).toEqual([name, results.all[names.indexOf(name)]]);
  }
});
