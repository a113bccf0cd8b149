// Baselines of a run on invented data, by arithmetic on the vectors that its encoder gives.
import { expect, it } from "vitest";
import { parseRunRecord } from "../../core/record/parseRunRecord.ts";
import { fitsBaselines } from "../../core/record/baselines.ts";
import { misfitsOf } from "../../core/record/misfits.ts";
import { writtenRecord } from "../../core/record/runRecord.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { SMALL_SPEC, smallRun } from "../../testing/smallRun.ts";
import { measureBaselines } from "./baselines.ts";

const languages = ["de", "en", "th"];

const run = (training: boolean) =>
  smallRun(
    {
      ...SMALL_SPEC,
      data: { ...SMALL_SPEC.data, split: "heldOut" },
      languages: { ...SMALL_SPEC.languages, eval: languages },
    },
    smallCorpus({ languages, nConcepts: 40 }),
    training,
  );

it("are of the start and of the end, and say what the means are of", async () => {
  const { resources, record } = await run(true);
  const baselines = await measureBaselines(resources, record);
  expect(baselines.texts).toEqual({
    de: { n: 24, from: "training" }, // of 40 concepts 10 are test, and 6 dev
    en: { n: 24, from: "training" },
    th: { n: 24, from: "unseen" }, // evaluated, and not trained on
  });
  expect(baselines.pivot).toBe("en");
  const { start, end, bm25 } = baselines;
  expect(start.languageMeans.values["map/multi"]).not.toBe(record.final.values["map/multi"]);
  expect(end!.languageMeans.values["map/multi"]).not.toBe(start.languageMeans.values["map/multi"]);
  expect(Object.keys(start.shift.perLanguage)).toEqual(languages);
  expect(bm25!.values["map/mono"]).toBeGreaterThan(0);
  expect(bm25!.values).not.toHaveProperty("map/multi");
});

it("of a zero-shot evaluation have no end, and take the start's weights as they are", async () => {
  const { resources, record } = await run(false);
  const before = await resources.model.encode(resources.prepared.full.queries);
  const baselines = await measureBaselines(resources, record);
  expect(baselines).not.toHaveProperty("end");
  expect(await resources.model.encode(resources.prepared.full.queries)).toEqual(before);
  // The same measured twice.
  expect(await measureBaselines(resources, record)).toEqual(baselines);
});

it("stand in the record beside its digest, and are held against it", async () => {
  const { resources, record } = await run(false);
  const whole = { ...record, baselines: await measureBaselines(resources, record) };
  const read = parseRunRecord(JSON.parse(JSON.stringify(writtenRecord(whole))), "test");
  expect(read.digest).toBe(record.digest);
  expect(read.baselines).toEqual(whole.baselines);
  expect(fitsBaselines(read.baselines!, read.digest)).toBe(true);
  expect(misfitsOf({ record: read })).toEqual([]);
  const altered = { ...read, baselines: { ...read.baselines!, pivot: "de" } };
  expect(misfitsOf({ record: altered })).toEqual([
    "the digest of its baselines is not the one of their numbers",
  ]);
  expect(parseRunRecord(JSON.parse(JSON.stringify(writtenRecord(record))), "test")).not.toHaveProperty(
    "baselines",
  );
});
