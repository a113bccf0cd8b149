// A number is the same number in another language: no point that means thousands there, no comma that means tenths here.
import { afterEach, describe, expect, it } from "vitest";
import { counted } from "./counted.ts";
import { findMetric } from "./metrics/metricTable.ts";
import { cellText, fullText, rankCell, scoreCell, shareCell, tickCell } from "./metrics/metricText.ts";
import { wholeText, writeNumbersIn, written } from "./numbersIn.ts";
import {
  axisOf,
  changeText,
  plainText,
  rankText,
  scoreText,
  shareText,
  tableText,
} from "../components/words/numberText.ts";

afterEach(() => writeNumbersIn("en"));

describe("numbers in a language", () => {
  it("are English unless a page says otherwise", () => {
    expect([scoreCell(0.4), wholeText(1234), counted(2, "query", "queries")]).toEqual([
      ".400",
      "1,234",
      "2 queries",
    ]);
  });

  it("are grouped by thousands wherever people read them", () => {
    expect([rankCell(1698.4), rankText(1698.4), tableText(1698.4), tableText(12_345.6)]).toEqual([
      "1,698",
      "1,698",
      "1,698",
      "12,346",
    ]);
    expect([tickCell({ scale: "ranks" }, 1200), axisOf(rankText)(1200)]).toEqual(["1,200", "1,200"]);
    const [score, other] = ["score", "other"] as const;
    expect([tickCell({ scale: score }, 0.2), tickCell({ scale: other }, 0.5)]).toEqual([".2", "0.5"]);
  });

  it("have that language's marks, and a 0 before them", () => {
    writeNumbersIn("de");
    expect(["1,234.50", ".412", "−.412", "−3", "+0.1", "9.1\u00a0%", "2026", "12"].map(written)).toEqual([
      "1.234,50",
      "0,412",
      "−0,412",
      "−3",
      "+0,1",
      "9,1\u00a0%",
      "2026",
      "12",
    ]);
    expect([scoreText(0.4123), rankText(1234.6), shareText(0.0912), tableText(-0.04123)]).toEqual([
      "0,412",
      "1.235",
      "9,1\u00a0%",
      "−0,04123",
    ]);
    expect(changeText(-0.1, scoreText)).toBe("−0,100");
    expect([counted(1234, "step"), shareCell(0.5)]).toEqual(["1.234 steps", "50,0\u00a0%"]);
  });

  it("have no sign where they are printed as 0", () => {
    expect([changeText(-0.0004, scoreText), changeText(0.0004, scoreText), changeText(0, rankText)]).toEqual([
      ".000",
      ".000",
      "0.0",
    ]);
    expect([changeText(-0.0006, scoreText), changeText(0.0006, shareText)]).toEqual([
      "−.001",
      "+0.1\u00a0pp",
    ]);
    expect([scoreText(-0.0004), shareText(-0.0004), plainText(-0.0004), scoreCell(-0.0004)]).toEqual([
      ".000",
      "0.0\u00a0%",
      "0.000",
      ".000",
    ]);
    expect([fullText(findMetric("map/cross")!, -0.00004), rankCell(-0.04)]).toEqual(["0.0000", "0.0"]);
  });

  it("are per cent where they are shares, in tables as in sentences", () => {
    expect(cellText(findMetric("sameLanguageShare")!, 0.3704)).toBe("37.0\u00a0%");
  });

  it("keep what is no number", () => {
    writeNumbersIn("de");
    for (const text of ["", "none", "1.2e-7", "NaN", "48.2.0", "–", "12 of 1,234"])
      expect(written(text)).toBe(text);
  });

  it("group as that language groups, in its digits", () => {
    writeNumbersIn("hi");
    expect(written("1,234,567.5")).toBe("12,34,567.5");
    writeNumbersIn("ar-EG");
    expect(written("1,234.5")).toBe("١٬٢٣٤٫٥");
    writeNumbersIn("es");
    expect(written("1,234.5")).toBe("1234,5"); // none below 10,000
  });
});
