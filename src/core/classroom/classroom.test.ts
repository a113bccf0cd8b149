// A class's results: thirty files of which some are broken, told apart by recipe, test, digest and fit.
import { describe, expect, it } from "vitest";
import { recordJson } from "../export/recordJson.ts";
import { withPngText } from "../export/pngText.ts";
import { recipePage } from "../pages/recipePage.ts";
import { runPage } from "../pages/runPage.ts";
import { messageOf } from "../messageOf.ts";
import { digestOf } from "../record/digest.ts";
import { recipeCode } from "../record/recipeCode.ts";
import { writtenRecord, type RunRecord } from "../record/runRecord.ts";
import { manyRecords } from "../../testing/manyRecords.ts";
import { PIXEL_PNG } from "../../testing/pixelPng.ts";
import { ofKinds } from "../spec/batchKind.ts";
import { classResults, groupMean, groupRange, resultColumn } from "./classResults.ts";
import { CARD_KEYWORD, findResults, type Result } from "./resultFile.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const cardOf = (record: RunRecord) =>
  withPngText(PIXEL_PNG, CARD_KEYWORD, JSON.stringify(writtenRecord(record)));
const resultOf = (record: RunRecord, file = "a.json"): Result => ({ file, record, misfits: [] });
const readResults = (name: string, bytes: Uint8Array) => findResults(name, bytes).map((read) => read());
const refusal = (name: string, bytes: Uint8Array) => {
  try {
    readResults(name, bytes);
    return "read";
  } catch (error) {
    return messageOf(error);
  }
};

describe("a result file", () => {
  const [record] = manyRecords(1) as [RunRecord];

  it("is the same record as a card, a run.json and a page", () => {
    const page = runPage({ name: "a", record, verdict: "", hash: "v=7" });
    for (const bytes of [cardOf(record), bytesOf(recordJson(record)), bytesOf(page)]) {
      expect(readResults("a", bytes)).toEqual([{ file: "a", record, misfits: [] }]);
    }
  });

  it("says by name what is wrong with it", () => {
    const card = cardOf(record);
    const flipped = card.slice();
    flipped[card.length - 60] = flipped[card.length - 60]! ^ 1;
    expect(refusal("b.png", PIXEL_PNG)).toMatch(
      /^b\.png: this picture holds no result; messengers take it out/,
    );
    for (const start of [
      "ffd8ffe000104a46",
      "474946383961",
      "524946461000000057454250",
      "000000186674797068656963",
    ])
      expect(refusal("photo.jpg", Uint8Array.from(Buffer.from(start, "hex")))).toMatch(
        /^photo\.jpg: this picture holds no result; messengers/,
      );
    expect(refusal("c.png", card.subarray(0, card.length - 40))).toMatch(
      /^c\.png: the picture is cut off; ask/,
    );
    expect(refusal("d.png", flipped)).toMatch(/^d\.png: the text in the picture is damaged; ask/);
    expect(refusal("e.json", bytesOf("{"))).toMatch(/^e\.json: is not JSON/);
    expect(refusal("f\u202e.json", bytesOf("{}"))).toMatch(/^f\[U\+202E\]\.json/);
    expect(refusal("g.html", bytesOf("<!doctype html><p>"))).toMatch(/^g\.html: is a web page, not the file/);
  });

  it("says of a recipe or a study what it is", () => {
    const { spec } = record;
    for (const text of [JSON.stringify(spec), recipePage({ spec, hash: "v=7" })])
      expect(refusal("h.html", bytesOf(text))).toMatch(
        /^h\.html: is a recipe, of which nothing is trained yet; train it, or name the run\.json/,
      );
    expect(refusal("s.json", bytesOf('{"schema": "hybrid-batch-lab/study-results@1"}'))).toBe(
      "s.json: is a study’s results; the view Study opens it",
    );
  });

  it("tells an altered one, whose digest is not that of its numbers", () => {
    const forged = {
      ...record,
      final: { ...record.final, values: { ...record.final.values, "map/multi": 0.99 } },
    };
    const [read] = readResults("h.png", cardOf(forged));
    expect(read!.misfits[0]).toBe("the digest is not the one of its numbers");
  });
});

describe("a class", () => {
  const records = manyRecords(9); // 3 recipes with 3 seeds each
  const results = records.map((record, i) => resultOf(record, `${i}.json`));

  it("is put together by recipe, means over seeds", () => {
    const { groups, elsewhere, equal, altered } = classResults(results);
    expect(groups.map(({ results: own }) => own.map(({ file }) => file))).toEqual([
      ["0.json", "1.json", "2.json"],
      ["3.json", "4.json", "5.json"],
      ["6.json", "7.json", "8.json"],
    ]);
    expect(new Set(groups.map(({ code }) => code)).size).toBe(3);
    expect(groups[0]!.code).toBe(recipeCode(records[2]!));
    expect(new Set(groups.map(({ label }) => label)).size).toBe(3);
    expect([elsewhere, equal, altered]).toEqual([[], [], []]);
    const values = records.slice(0, 3).map(({ final }) => final.values["map/multi"]!);
    const mean = groupMean(groups[0]!, "map/multi")!;
    expect(mean.mean).toBeCloseTo((values[0]! + values[1]! + values[2]!) / 3, 12);
    expect([mean.n, mean.half === undefined]).toEqual([3, false]);
    expect(groupRange(groups[0]!, "map/multi")).toEqual([Math.min(...values), Math.max(...values)]);
    expect(resultColumn(results[0]!, "map/multi")).toBe(resultColumn(results[0]!, "map/multi"));
  });

  it("puts seeds of a rule together, whatever it decided in each", () => {
    const ruled = records.slice(0, 3).map((record, i) => {
      const spec = { ...record.spec, batch: { ...record.spec.batch, schedule: "exp3" as const } };
      const trajectory = [{ step: 2 + i, ratio: ofKinds({ mono: 0.3, cross: 0.7 }) }];
      return resultOf({ ...record, spec, trajectory }, `${i}.json`);
    });
    const { groups } = classResults(ruled);
    expect(groups.map(({ seeds }) => seeds.length)).toEqual([3]);
  });

  it("counts the same digest once, and a seed once whatever devices ran it", () => {
    const [first] = records as [RunRecord];
    const elsewhere = { ...first, realised: { ...first.realised, en: 1281 } };
    const other = { ...elsewhere, digest: digestOf(elsewhere) };
    const { groups, equal } = classResults([
      ...results.slice(0, 2),
      resultOf(first, "copy.png"),
      resultOf(other, "o.json"),
    ]);
    expect(equal).toEqual([{ file: "copy.png", first: "0.json" }]);
    expect(groups[0]!.results).toHaveLength(3);
    expect(groups[0]!.seeds.map(({ file }) => file)).toEqual(["0.json", "1.json"]);
    expect(groupMean(groups[0]!, "map/multi")!.n).toBe(2);
  });

  it("leaves altered ones out, and sets other tests and other data apart", () => {
    const [first, second] = records as [RunRecord, RunRecord];
    const altered = { ...resultOf(second, "x.json"), misfits: ["the digest is not the one of its numbers"] };
    const onOther = { ...first, final: { ...first.final, pool: first.final.pool + 1 } };
    const data = { ...first.environment, encoderSha256: "c".repeat(64) };
    const ofOther = { ...first, environment: data };
    const {
      groups,
      elsewhere,
      altered: told,
    } = classResults([
      altered,
      ...results.slice(3, 6),
      resultOf(
        { ...onOther, digest: "1".repeat(64), environment: { ...data, dataSha256: { "cldr-emoji": "d" } } },
        "t.json",
      ),
      resultOf({ ...ofOther, digest: "2".repeat(64) }, "e.json"),
      resultOf(first, "0.json"),
    ]);
    expect(told).toEqual([altered]);
    expect(groups.map(({ results: own }) => own.map(({ file }) => file))).toEqual([
      ["3.json", "4.json", "5.json"],
      ["e.json"],
      ["0.json"],
    ]);
    expect(elsewhere.flatMap(({ results: own }) => own.map(({ file }) => file))).toEqual(["t.json"]);
  });

  it("is empty without results", () => {
    expect(classResults([])).toEqual({ groups: [], elsewhere: [], equal: [], altered: [] });
  });
});
