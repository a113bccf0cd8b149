// Every committed study says one thing of a pair of cells, no sentence of its card says better, ahead or best of a difference
// that is not, and each of its runs has a link that trains it again. What is asked of sentences is src/testing/wrongSentences.ts's.
import { describe, expect, it } from "vitest";
import type { StudyAnalysis } from "../../src/core/study/analysis/studyAnalysis.ts";
import { PARTS } from "../../src/core/record/parts.ts";
import { decodeLink } from "../../src/core/spec/link.ts";
import { pointLink, pointSpec } from "../../src/core/study/pointLink.ts";
import { controlOf, runKey, type Study } from "../../src/core/study/study.ts";
import { studyReport } from "../../src/core/study/words/studyReport.ts";
import { familyTables } from "../../src/core/study/words/studyTables.ts";
import { wrongSentences } from "../../src/testing/wrongSentences.ts";
import { committedStudies } from "./committedStudies.ts";

/** Every place that has a pair's verdict in the primary measure, by "cell/other". */
function told(study: Study, { metrics }: StudyAnalysis): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const say = (pair: string, verdict: string) => found.set(pair, (found.get(pair) ?? new Set()).add(verdict));
  for (const { cell, against } of metrics[0]!.rows) {
    if (against) say(`${cell}/${controlOf(study)}`, against.verdict.kind);
  }
  for (const { cell, other, against } of metrics[0]!.families.flatMap(({ pairs }) => pairs)) {
    say(`${cell}/${other}`, against.verdict.kind);
  }
  return found;
}

const STUDIES = committedStudies().map((one) => [one.name, one] as const);

describe.each(STUDIES)("%s", (_, { study, result, analysis }) => {
  it("has no pair in two families, and none with two verdicts", () => {
    for (const { families } of analysis.metrics) {
      const pairs = families.flatMap((family) =>
        family.pairs.map(({ cell, other }) => [cell, other].sort().join()),
      );
      expect(new Set(pairs).size).toBe(pairs.length);
    }
    expect([...told(study, analysis)].filter(([, verdicts]) => verdicts.size > 1)).toEqual([]);
  });

  it("has every pair in a table and in the CSV, with the family that decides it and its size", () => {
    const { families } = analysis.metrics[0]!;
    expect(familyTables(study, analysis).reduce((sum, { rows }) => sum + rows.length, 0)).toBe(
      families.reduce((sum, { pairs }) => sum + pairs.length, 0),
    );
    const lines = studyReport(study, analysis, "csv").split("\r\n");
    for (const { cell, other, against } of families.flatMap(({ pairs }) => pairs)) {
      const rows = lines.filter(
        (line) =>
          line.startsWith(`${study.primary},${cell},`) &&
          /,(mean|difference),/.test(line) &&
          line.includes(`,${other},`) &&
          line.endsWith(`,${against.among ?? ""}`),
      );
      expect(rows, `${cell} against ${other}`).toHaveLength(1);
    }
  });

  it("has no sentence that says more than its number", () => {
    expect(wrongSentences(study, analysis)).toEqual([]);
  });

  it("has a link of each run that asks for its whole experiment and says what came of it, part by part", () => {
    for (const run of result.runs) {
      const { spec, expected, problems } = decodeLink(pointLink(study, run));
      expect([problems, spec], runKey(run)).toEqual([[], pointSpec(study, run)]);
      expect(expected?.digest, runKey(run)).toBe(run.digest.slice(0, 16));
      for (const part of PARTS) expect(expected?.made?.[part], runKey(run)).toBe(run.parts![part]);
    }
  });
});
