// An evaluation's numbers in a record: places of their own since 0.1, whatever the paths are called today.
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { finalSchema, languagePlace, overallPlace, writtenFinal } from "./finalForm.ts";

const { final } = testRecord;
const written = () => JSON.parse(JSON.stringify(writtenFinal(final))) as Record<string, unknown>;
const read = (form: unknown) => v.safeParse(finalSchema, form);

describe("places", () => {
  it("are the path for cuts, its parts for the rest, and older names for single languages", () => {
    expect(["map/mono", "recall@1/mono", "rankDistance", "ndcg@10/mono"].map(overallPlace)).toEqual([
      ["map", "mono"],
      ["recall", "recall@1/mono"],
      ["rankDistance"],
      ["ndcg", "ndcg@10/mono"],
    ]);
    expect(["map/mono", "ndcg@10/mono", "ndcg@20/multi", "recall@100/mono"].map(languagePlace)).toEqual([
      ["mono"],
      ["ndcg10"],
      ["ndcg", "ndcg@20/multi"],
      ["recall100"],
    ]);
  });
});

describe("an evaluation", () => {
  it("is written with each number in its place and read back whole", () => {
    const form = written();
    expect(form["map"]).toEqual({ mono: 0.5625, cross: 0.25, multi: 0.34375 });
    expect((form["perLanguage"] as Record<string, object>)["de"]).toMatchObject({ mono: 0.375, queries: 2 });
    expect(read(form).output).toEqual(final);
  });

  it("keeps cuts that somebody asked for, undefined means too", () => {
    const values = { ...final.values, "ndcg@20/multi": 0.5, "recall@3/cross": null };
    const form: unknown = JSON.parse(JSON.stringify(writtenFinal({ ...final, values })));
    expect(read(form).output).toEqual({ ...final, values });
    const pairs = { "ndcg@10/pairs": { de: { de: 0.5, en: null }, en: { de: 0.25, en: 1 } } };
    expect(read(JSON.parse(JSON.stringify(writtenFinal({ ...final, pairs })))).output).toEqual({
      ...final,
      pairs,
    });
  });

  it("drops names in a place of cuts that are none, and places it does not know", () => {
    const form = written();
    (form["recall"] as Record<string, number>)["recall@0/mono"] = 1;
    (form["recall"] as Record<string, number>)["recall@many"] = 1;
    form["invented"] = 3;
    expect(read(form).output).toEqual(final);
  });

  it.each<[string, (form: Record<string, unknown>) => void]>([
    ["map.cross", (form) => delete (form["map"] as Record<string, unknown>)["cross"]],
    ["rankDistance", (form) => delete form["rankDistance"]],
    ["rankDistance", (form) => (form["rankDistance"] = "6")],
    [
      "perLanguage.de.queries",
      (form) => delete (form["perLanguage"] as Record<string, Record<string, unknown>>)["de"]!["queries"],
    ],
    [
      "perLanguage.en.mono",
      (form) => ((form["perLanguage"] as Record<string, Record<string, unknown>>)["en"]!["mono"] = Infinity),
    ],
    [
      "matrix.de.en",
      (form) => ((form["matrix"] as Record<string, Record<string, unknown>>)["de"]!["en"] = "x"),
    ],
    ["pool", (form) => (form["pool"] = -1)],
    ["queries", (form) => (form["queries"] = 2.5)],
  ])("is refused where %s is not as it was", (path, spoil) => {
    const form = written();
    spoil(form);
    const result = read(form);
    expect(result.issues && v.getDotPath(result.issues[0])).toBe(path);
  });

  it("of before skipped pairs were counted has none", () => {
    const form = written();
    delete form["skippedPairs"];
    expect(read(form).output).toEqual({ ...final, skippedPairs: {} });
  });
});
