import { expect, it } from "vitest";
import { handResult, handStudy } from "../../../testing/handMadeStudy.ts";
import { analyse } from "../analysis/analyse.ts";
import { studyReport } from "./studyReport.ts";

const result = handResult({
  cross: [0.25, 0.25, 0.25],
  "mono-20": [0.28125, 0.3125, 0.34375], // + .03125, .0625, .09375: mean .0625, half t(2) .03125 / sqrt 3 = .0776
  "mono-50": [0.125, 0.125, 0.125],
});
const report = (format: Parameters<typeof studyReport>[2]) =>
  studyReport(handStudy, analyse(handStudy, result), format);

it("is Markdown with the same sentences and a row for each cell", () => {
  const text = report("markdown");
  expect(text).toMatch(/^# How much mono\n\n_How much of a batch may be monolingual\?_\n\n\*\*Too few seeds/);
  expect(text).toContain("| Cell | Seeds | Cr | Mo | Mul | RD | Same-language share |");
  expect(text).toContain(String.raw`| mono-20 | 3 | .313 \[.235, .390\] | – | – | – | – |`);
  expect(text).toContain(
    String.raw`| mono-20 | 3 | +.063 \[−.015, .140\] | – | – | – | – | – | – | too few seeds to test |`,
  );
});

it("is LaTeX that has no sign which LaTeX lacks", () => {
  const text = report("latex");
  expect(text).toContain(
    String.raw`\paragraph{How much mono} \emph{How much of a batch may be monolingual?}`,
  );
  expect(text).toContain(String.raw`\ensuremath{-}.125`);
  expect(text).toContain(String.raw`\begin{tabular}{@{}lrrrrrr@{}}`);
  expect(text).not.toMatch(/[−→×δ±\u00a0]/);
});

it("is CSV with a row for each run and one for each cell's mean, in full digits", () => {
  const lines = report("csv").split("\r\n");
  expect(lines[0]).toBe(
    "metric,cell,label,seed,value,low,high,seeds,control,difference,difference_low,difference_high,p,p_adjusted,p_seeds,verdict,family,family_size",
  );
  expect(lines[5]).toBe("map/cross,mono-20,mono-20,1,0.28125,,,,cross,0.03125");
  expect(lines[8]).toMatch(
    /^map\/cross,mono-20,mono-20,mean,0\.3125,0\.23\d+,0\.39\d+,3,cross,0\.0625,-0\.01\d+,0\.14\d+,,,,too few seeds to test,first control,$/,
  );
});

it("is a text to be read aloud", () => {
  expect(report("text")).toMatch(
    /^How much mono\n\nHow much of a batch may be monolingual\?\n\nToo few seeds to test/,
  );
});
