import { describe, expect, it } from "vitest";
import { parseValue } from "../spec/fieldText.ts";
import { SPEC_PATHS } from "../spec/fields.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { readPath } from "../spec/spec.ts";
import { csvCell, csvText, fileName, pointsCsv, SETTING_HEADER, settingCells } from "./csv.ts";

describe("csvCell", () => {
  it("disarms text that a spreadsheet would run, and leaves numbers alone", () => {
    expect(csvCell("=1+1")).toBe("'=1+1");
    expect(csvCell("+49")).toBe("'+49");
    expect(csvCell("-x")).toBe("'-x");
    expect(csvCell("@SUM(A1)")).toBe("'@SUM(A1)");
    expect(csvCell("\tx")).toBe("'\tx");
    expect(csvCell(-1.5)).toBe("-1.5");
  });

  it("quotes commas, quotes and line ends", () => {
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
    expect(csvCell("two\nlines")).toBe('"two\nlines"');
    expect(csvCell('=HYPERLINK("x","y")')).toBe(`"'=HYPERLINK(""x"",""y"")"`);
  });

  it("leaves the missing and the undefined empty", () => {
    expect(csvText([[null, undefined, NaN, 0, ""]])).toBe(",,,0,\r\n");
  });
});

it("writes points in long form, full precision", () => {
  const points = [
    { step: 0, metric: "map/multi", value: 0.1 + 0.2, lang: "sw" },
    { step: 1, metric: "loss/mono", value: 2, kind: "mono" as const },
  ];
  expect(pointsCsv([{ name: "=a", seed: 7, id: "ab12", points }])).toBe(
    "run,seed,step,metric,lang,kind,value,id\r\n'=a,7,0,map/multi,sw,,0.30000000000000004,ab12\r\n'=a,7,1,loss/mono,,mono,2,ab12\r\n",
  );
});

it("has a column for every field of an experiment, whose values `parseValue` reads again", () => {
  const cells = settingCells(DEFAULT_SPEC);
  expect(cells).toHaveLength(SPEC_PATHS.length);
  SETTING_HEADER.forEach((path, i) =>
    expect(parseValue(path, String(cells[i])), path).toEqual({ value: readPath(DEFAULT_SPEC, path) }),
  );
  expect(cells[SETTING_HEADER.indexOf("steps")]).toBe(300);
});

describe("fileName", () => {
  it("keeps letters of any script and nothing a file system minds", () => {
    expect(fileName("../a/b: c?*", "csv")).toBe("a-b-c.csv");
    expect(fileName("ハイブリッド 2", "json")).toMatch(/^[\p{L}\p{M}]+-2\.json$/u);
    expect(fileName("...", "csv")).toBe("run.csv");
    expect(fileName("x".repeat(300), "csv")).toHaveLength(64);
  });
});
