import { expect, it } from "vitest";
import { writtenRecord } from "../record/runRecord.ts";
import { testRecord, testValues } from "../../testing/testRecord.ts";
import { parseRecordFile, recordJson } from "./recordJson.ts";

it("writes the record alone, or with the values of single queries on one line behind it", () => {
  expect(JSON.parse(recordJson(testRecord))).toEqual(writtenRecord(testRecord));
  const text = recordJson(testRecord, testValues);
  expect(text.endsWith("]}}\n}\n")).toBe(true);
  expect(
    text.split("\n").filter((line) => line.startsWith(' "perQuery": {"languages":["de","en"]')),
  ).toHaveLength(1);
  expect(parseRecordFile(JSON.parse(text), "h.json")).toEqual({
    record: testRecord,
    queryValues: testValues,
  });
});

it("reads a record without them, and refuses broken ones by name", () => {
  expect(parseRecordFile(JSON.parse(recordJson(testRecord)), "h.json")).toEqual({ record: testRecord });
  expect(() =>
    parseRecordFile({ ...writtenRecord(testRecord), perQuery: { clusters: 1 } }, "h.json"),
  ).toThrow("h.json: perQuery: languages is not as stored");
});

it("keeps the values of single queries before training beside those after it", () => {
  const before = {
    ...testValues,
    values: { ...testValues.values, rankDistance: testValues.values["map/mono"]! },
  };
  const text = recordJson(testRecord, testValues, before);
  expect(parseRecordFile(JSON.parse(text), "h.json")).toEqual({
    record: testRecord,
    queryValues: testValues,
    startValues: before,
  });
  const spoilt = text.replace('"perQueryBefore": {"languages"', '"perQueryBefore": {"tongues"');
  expect(() => parseRecordFile(JSON.parse(spoilt), "h.json")).toThrow(/^h\.json: perQueryBefore: languages/);
});
