// What old versions made keeps its meaning: each fixture reads as it read then, with its digest and its verdicts.
import { describe, expect, it } from "vitest";
import { compareExpected } from "../../core/record/compareLink.ts";
import { compareRecords } from "../../core/record/compareRuns.ts";
import { isSameMaker } from "../../core/record/maker.ts";
import { expectedResult } from "../../core/record/expectedResult.ts";
import { parseRecordFile } from "../../core/export/recordJson.ts";
import { queryValuesJson } from "../../core/stats/queryValues.ts";
import { findMetric } from "../../core/metrics/metricTable.ts";
import { writtenRecord, type RunRecord } from "../../core/record/runRecord.ts";
import { DEFAULT_SPEC, findPreset } from "../../core/spec/presets.ts";
import { decodeLink, encodeLink } from "../../core/spec/link.ts";
import { digestOf } from "../../core/record/digest.ts";
import { formerly } from "./callLab.ts";
import { COMMITS, fieldsOf, type OldDecoded, readJson, RECORDS, saidBy, verdicts } from "./readHistory.ts";

type RecordFile = Omit<RunRecord, "final"> & { readonly final: object; readonly perQuery?: object };

const recordOf = (id: string) => parseRecordFile(readJson(`${id}.json`), id).record;
const saidOf = (id: string) => {
  const [commit = "", name = ""] = id.split("/");
  return saidBy(commit).records[name]!;
};
const judged = verdicts();

describe("records", () => {
  it.each(RECORDS)("%s reads as it was written, and has its digest", (id) => {
    const { perQuery, ...written } = readJson(`${id}.json`) as RecordFile;
    const { record, queryValues } = parseRecordFile({ ...written, perQuery }, id);
    const { spec: oldSpec, ...oldRest } = written;
    const final = { skippedPairs: {}, ...written.final }; // not counted at first, read as none
    expect(writtenRecord({ ...record, spec: oldSpec })).toEqual({ ...oldRest, spec: oldSpec, final });
    expect(fieldsOf(oldSpec, record.spec)).toEqual(oldSpec);
    expect(queryValues && queryValuesJson(queryValues)).toEqual(perQuery);
    expect(record.digest).toBe(saidOf(id).digest);
    expect(digestOf(record)).toBe(record.digest);
  });

  it.each(RECORDS)("%s is exactly itself", (id) => {
    const record = recordOf(id);
    expect(record.points.filter(({ metric }) => !findMetric(metric))).toEqual([]); // and so a tolerance for each
    const { verdict, differences } = compareRecords(record, record, true);
    expect([formerly(verdict), differences]).toEqual(["exact", []]);
  });

  it("tell versions and devices apart as before, and agree as well as before", () => {
    const now = judged.pairs.map(({ expected, got }) => {
      const [a, b] = [recordOf(expected), recordOf(got)];
      const sameMaker = isSameMaker(a.environment, b.environment);
      const { verdict, differences } = compareRecords(a, b, sameMaker);
      return { expected, got, sameMaker, verdict: formerly(verdict), differences: differences.length };
    });
    expect(now).toEqual(judged.pairs);
  });
});

describe("links", () => {
  const written = COMMITS.flatMap((commit) =>
    Object.entries(saidBy(commit).links).map(([name, { link, decoded }]) => ({
      id: `${commit}/${name}`,
      link,
      decoded,
    })),
  );

  function expectSame(link: string, old: OldDecoded) {
    const { preset, spec, problems, unknown, expected } = decodeLink(link);
    expect(preset.name).toBe(old.preset);
    // A link of an age that nobody knows is read as of today: what is not in it is at today's defaults.
    const isRead = old.problems.every(({ path }) => path !== "v");
    const { data, encoder, loss, optimizer } = old.spec as Record<
      "data" | "encoder" | "loss" | "optimizer",
      object
    >;
    const today = {
      data: { ...data, split: DEFAULT_SPEC.data.split },
      encoder: { ...encoder, id: DEFAULT_SPEC.encoder.id },
      loss: { ...loss, teacher: DEFAULT_SPEC.loss.teacher },
      optimizer: { ...optimizer, learningRate: DEFAULT_SPEC.optimizer.learningRate },
    };
    const then = isRead ? old.spec : { ...old.spec, ...today };
    expect(fieldsOf(old.spec, spec)).toEqual(then);
    expect(expected).toEqual(old.expected);
    expect(unknown).toEqual(old.unknown);
    const named = ({ path, outcome }: OldDecoded["problems"][number]) => `${path} ${outcome}`;
    expect(problems.map(named)).toEqual(old.problems.map(named));
  }

  it.each(written)("$id opens as it did then", ({ id, link, decoded }) => {
    expect(decoded.problems).toEqual([]);
    expectSame(link, decoded);
    const later = judged.links[id]?.decoded; // with the fields of 0.2
    if (later) expectSame(link, later);
  });

  it.each(written)("$id says the same when it is shared again", ({ link }) => {
    const { spec, preset, expected } = decodeLink(link);
    const again = decodeLink(encodeLink(spec, preset, expected ? { expected } : {}));
    expect(again).toEqual(decodeLink(link));
  });

  it.each(judged.oddLinks)("$link opens as it did then", ({ link, decoded }) => expectSame(link, decoded));

  it.each(written.filter(({ decoded }) => decoded.expected))("$id promises its record", ({ id, link }) => {
    const record = recordOf(id);
    const { spec, expected } = decodeLink(link);
    expect(spec).toEqual(record.spec);
    expect(formerly(compareExpected(expected!, record).verdict)).toBe("exact");
    const hybrid = findPreset("hybrid")!;
    const shared = decodeLink(encodeLink(spec, hybrid, { expected: expectedResult(record)! }));
    expect(shared.expected).toEqual(expected);
  });
});
