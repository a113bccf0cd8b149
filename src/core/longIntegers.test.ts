import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { withLongIntegersQuoted } from "./longIntegers.ts";
import { readJson } from "./formats/readJson.ts";
import { memoryFile } from "./formats/sourceFile.ts";

describe("whole numbers that a double cannot hold", () => {
  it.each([
    ['{"_id": 9007199254740993}', { _id: "9007199254740993" }],
    ['{"_id": 9007199254740991}', { _id: 9007199254740991 }], // 2 ** 53 - 1, the last that is sure
    ["[-1234567890123456789, 1]", ["-1234567890123456789", 1]],
    ['{"a":"id 9007199254740993","b":"\\\\","c":9007199254740993}', { a: "id 9007199254740993", b: "\\", c: "9007199254740993" }], // prettier-ignore
    [
      '{"a":"\\"9007199254740993","b":0.12345678901234567}',
      { a: '"9007199254740993', b: 0.12345678901234567 },
    ],
    ['{"a":12345678901234567890e2}', { a: 12345678901234567890e2 }],
  ])("%s", async (text, value) => {
    expect(await readJson(memoryFile("a.json", text), v.unknown())).toEqual(value);
  });

  it("leave a damaged text damaged", async () => {
    for (const text of ['{"a": 9007199254740993', '{"a": "9007199254740993', "{9007199254740993}", '"\\'])
      await expect(readJson(memoryFile("a.json", text), v.unknown())).rejects.toThrow("a.json is not JSON");
    expect(withLongIntegersQuoted('{"a')).toBe('{"a');
  });
});
