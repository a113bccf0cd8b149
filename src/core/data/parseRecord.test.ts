// Lines to rows and back; a line that is wrong is named by file and line.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRecord, parseRecord, type LineOrigin } from "./parseRecord.ts";
import type { SidedRecord } from "./records.ts";

const QUERY: LineOrigin = { path: "set/sw/queries.train.0.jsonl.gz", line: 7, lang: "sw", side: "queries" };
const PASSAGE: LineOrigin = { ...QUERY, side: "passages" };

describe("formatRecord", () => {
  it("writes a query's keys in a fixed order, without its split", () => {
    const record = { split: "train", concept: "c1", lang: "sw", text: "paka", _id: "sw:c1:0" } as const;
    expect(formatRecord({ side: "queries", record })).toBe(
      '{"_id":"sw:c1:0","text":"paka","lang":"sw","concept":"c1"}',
    );
  });

  it("keeps what a query was asked about, and only a query's", () => {
    const record = { split: "test", concept: "c", lang: "sw", text: "t", _id: "q", cluster: "a0p3" } as const;
    const line = formatRecord({ side: "queries", record });
    expect(line).toBe('{"_id":"q","text":"t","lang":"sw","concept":"c","cluster":"a0p3"}');
    expect(parseRecord(line, QUERY)).toEqual({ id: "q", text: "t", concepts: ["c"], cluster: "a0p3" });
    expect(() => parseRecord(line, PASSAGE)).toThrow("has the unknown field cluster");
    expect(() => parseRecord(line.replace('"a0p3"', '""'), QUERY)).toThrow("cluster must be a non-empty");
  });

  it("writes one concept of a passage as a string, none or several as a list", () => {
    const passage = (concepts: string[]): SidedRecord => ({
      side: "passages",
      record: { _id: "p", text: "t", lang: "sw", concepts, split: "test" },
    });
    expect(formatRecord(passage(["a"]))).toMatch(/"concept":"a"}$/);
    expect(formatRecord(passage([]))).toMatch(/"concept":\[\]}$/);
    expect(formatRecord(passage(["a", "b"]))).toMatch(/"concept":\["a","b"\]}$/);
  });

  it("stays on one line and comes back equal, whatever the text", () => {
    const word = fc.string({ unit: "binary", minLength: 1 }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(word, word, fc.uniqueArray(word, { maxLength: 3 }), (_id, text, concepts) => {
        const record = { _id, text, lang: "sw", concepts, split: "train" } as const;
        const line = formatRecord({ side: "passages", record });
        expect(line).not.toMatch(/[\n\r]/);
        expect(parseRecord(line, PASSAGE)).toEqual({ id: _id, text, concepts });
      }),
    );
  });
});

describe("parseRecord", () => {
  it.each([
    ["{", "is not JSON: {"],
    ["[1]", "must be a JSON object, got [1]"],
    ["null", "must be a JSON object"],
    ['{"text":"t","lang":"sw","concept":"c"}', "_id must be a non-empty string"],
    ['{"_id":"i","text":" ","lang":"sw","concept":"c"}', "text must be a non-empty string"],
    ['{"_id":"i","text":"t","lang":"en","concept":"c"}', 'lang must be "sw" as in the manifest, got "en"'],
    ['{"_id":"i","text":"t","concept":"c"}', 'lang must be "sw" as in the manifest, got nothing'],
    ['{"_id":"i","text":"t","lang":"sw","concept":["c"]}', "concept must be a non-empty string"],
    ['{"_id":"i","text":"t","lang":"sw","concept":"c","split":"dev"}', "has the unknown field split"],
  ])("refuses the query %s", (line, problem) => {
    expect(() => parseRecord(line, QUERY)).toThrow(`${QUERY.path} line 7: ${problem}`);
  });

  it.each([
    ['{"_id":"i","text":"t","lang":"sw"}', "concept must be a non-empty string or a list of them"],
    ['{"_id":"i","text":"t","lang":"sw","concept":["a",1]}', "or a list of them"],
    ['{"_id":"i","text":"t","lang":"sw","concept":["a","a"]}', "lists the same concept twice"],
  ])("refuses the passage %s", (line, problem) => {
    expect(() => parseRecord(line, PASSAGE)).toThrow(problem);
  });

  it("never throws anything but an error that names the line", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(() => parseRecord(line, PASSAGE)).toThrow(`${PASSAGE.path} line 7: `);
      }),
    );
  });

  it("shows only the beginning of a long line", () => {
    expect(() => parseRecord("x".repeat(10_000), QUERY)).toThrow(/: x{60}\.\.\.$/);
  });
});
