// What a run is evaluated on, it is not trained on.
import { describe, expect, it } from "vitest";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { chooseEvalRows } from "../metrics/evalSet.ts";
import type { EvalSplit } from "../metrics/evalSplit.ts";
import { createRandom } from "../random.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath, type ExperimentSpec } from "../spec/spec.ts";
import { trainTable } from "./trainTable.ts";

const corpus = smallCorpus({ languages: ["ar", "de", "en"], nConcepts: 40 }); // 30 to train on, of which 6 are dev
const german = withPath(withPath(DEFAULT_SPEC, "languages.train", { de: 1, en: 1 }), "data.train", "small");
const on = (split: EvalSplit) => withPath(german, "data.split", split);

/** Concepts of the German questions that a spec trains on. */
function trained(spec: ExperimentSpec): readonly number[] {
  const table = trainTable(spec, corpus);
  return [...new Set(Array.from(table.queries[0]!, (row) => table.conceptOf[row]!))];
}
function evaluated(split: EvalSplit): readonly number[] {
  const options = { languages: ["ar", "de"], split, maxQueries: 0, random: createRandom(1) };
  const { queryRows, passageRows } = chooseEvalRows(corpus, options);
  const asked = [...new Set(Array.from(queryRows, (row) => corpus.queries.concepts[row]!))];
  const pool = [...new Set(Array.from(passageRows, (row) => corpus.passages.concepts[row]!))];
  expect(pool).toEqual(asked); // each concept has its passages in the pool, and no other concept has
  return asked;
}

describe("training", () => {
  it("leaves the dev part out where a run is evaluated on it", () => {
    expect(evaluated("devConcepts")).toEqual([4, 9, 14, 19, 24, 29]);
    expect(trained(on("devConcepts"))).toHaveLength(24);
    expect(trained(on("devConcepts")).filter((c) => evaluated("devConcepts").includes(c))).toEqual([]);
  });

  it("has it where a run is evaluated on test, as before there was dev", () => {
    for (const split of ["heldOut", "dev", "all"] as const) expect(trained(on(split))).toHaveLength(30);
    expect(trained(on("heldOut")).filter((c) => evaluated("heldOut").includes(c))).toEqual([]);
  });

  it("has it where a run is evaluated on another dataset", () => {
    expect(trained(withPath(on("devConcepts"), "data.eval", "other"))).toHaveLength(30);
  });
});
