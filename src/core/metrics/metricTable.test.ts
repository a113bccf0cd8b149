// The table and docs/metrics.md say the same, and no number of a run is without a row.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { BATCH_KINDS } from "../spec/batchKind.ts";
import { EVAL_METRICS, findMetric, METRICS } from "./metricTable.ts";

it("is what docs/metrics.md lists", () => {
  const lines = readFileSync("docs/metrics.md", "utf8").split("\n");
  const start = lines.findIndex((line) => line.startsWith("| path"));
  const end = lines.indexOf("", start);
  const documented = lines.slice(start + 2, end).map((line) => line.split(" | ").map((cell) => cell.trim()));
  expect(documented.map(([path, unit, what]) => [path, unit, what!.replace(/ *\|$/, "")])).toEqual(
    METRICS.map(({ path, unit, what }) => [`| \`${path}\``, unit, what]),
  );
});

it("finds the row of any kind and of any speed, and none of what it does not know", () => {
  for (const kind of BATCH_KINDS) {
    expect(findMetric(`loss/${kind}`)?.path).toBe("loss/<kind>");
    expect(findMetric(`ratio/${kind}`)?.path).toBe("ratio/<kind>");
  }
  expect(findMetric("perf/pairs_per_s")?.path).toBe("perf/<what>");
  for (const { path } of EVAL_METRICS) expect(findMetric(path)?.path).toBe(path);
  for (const unknown of ["map/other", "loss", "", "constructor", "recall@x/mono"]) {
    expect(findMetric(unknown)).toBeUndefined();
  }
});

it("has what each place asks of its rows", () => {
  for (const { path, shown = [], tile, short, plain, spelled, kept, ofQuery } of METRICS) {
    if (shown.includes("list")) expect([short, plain, spelled], path).not.toContain(undefined);
    if (tile) expect(shown, path).toContain("summary");
    if (kept === "language" || kept === "query") expect(ofQuery, path).toBeDefined();
  }
});
