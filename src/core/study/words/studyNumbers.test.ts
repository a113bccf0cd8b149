// Numbers of a study in its sentences.
import { expect, it } from "vitest";
import { errorWords } from "./studyNumbers.ts";

it("writes a standard error as fine as it takes to be no 0", () => {
  expect([0.0042, 0.0005, 0.00021, 0].map((se) => errorWords("map/cross", se))).toEqual([
    ".004",
    ".001",
    ".0002",
    ".000",
  ]);
  expect(errorWords("rankDistance", 12.34)).toBe("12.3 ranks");
  expect(errorWords("rankDistance", 0.02)).toBe("0.02 ranks");
  expect(errorWords("sameLanguageShare", 0.0042)).toBe("0.4\u00a0%");
});
