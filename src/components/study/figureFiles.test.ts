import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyse } from "../../core/study/analysis/analyse.ts";
import { parseStudyResults } from "../../core/study/results/parseStudyResults.ts";
import type { Study } from "../../core/study/study.ts";
import type { StudyResult } from "../../core/study/studyResult.ts";
import { builtInStudy } from "../../core/study/studies.ts";
import { handResult } from "../../testing/handMadeStudy.ts";
import { inventedResults } from "../../testing/inventedStudy.ts";
import { inPlainColours, LIGHT } from "../charts/paperColours.ts";
import { figureFiles } from "./figureFiles.tsx";

const filesOf = (study: Study, result: StudyResult) =>
  figureFiles({ study, analysis: analyse(study, result), runs: result.runs });

describe("a study's pictures as files", () => {
  const { study, result } = parseStudyResults(JSON.parse(inventedResults()), "invented");
  const files = filesOf(study, result);

  it("are drawn without a page: marks and lines, each under its name", () => {
    expect([...files.keys()]).toEqual([
      "Cr-mAP-by-share-of-mono",
      "Cr-mAP-cells-minus-Cross-lingual",
      "Cr-mAP-against-Mo-mAP",
      "Same-language-share-against-Cr-mAP",
      "Same-language-share-against-Mul-mAP",
      "Cr-mAP-while-training",
      "Cr-mAP-by-language",
    ]);
    const lines = files.get("Cr-mAP-by-share-of-mono")!.svg;
    expect(lines).toContain(">Share of mono</text>");
    expect(lines.match(/<path d="M[^"]+" fill="none" stroke="#7b1302" stroke-width/g)).toHaveLength(11); // ten seeds and their mean
    const forest = files.get("Cr-mAP-cells-minus-Cross-lingual")!.svg;
    expect(forest).toContain("mono 80 %");
    expect(forest).toContain('<svg xmlns="http://www.w3.org/2000/svg" width="176mm"');
  });

  it("name both axes, or one where the other has names", () => {
    const axes = {
      "Cr-mAP-by-share-of-mono": ["Share of mono", "Cr mAP"],
      "Cr-mAP-while-training": ["Step", "Cr mAP"],
      "Cr-mAP-against-Mo-mAP": ["Mo mAP (better: right)", "Cr mAP (better: up)"],
      "Cr-mAP-cells-minus-Cross-lingual": ["difference from Cross-lingual; right is better"],
      "Cr-mAP-by-language": ["Cr mAP"],
    };
    for (const [name, heads] of Object.entries(axes))
      for (const head of heads) expect(files.get(name)!.svg, name).toContain(`>${head}</text>`);
  });

  it("have a legend where the names of lines have no room at their ends", () => {
    const label = "mono with a name that is longer than a third of the figure";
    const cells = study.cells.map((cell, i) => (i === 1 ? { ...cell, label } : cell));
    const { svg } = filesOf({ ...study, cells }, result).get("Cr-mAP-while-training")!;
    expect(svg).toContain(`>${label}</text>`);
    expect(files.get("Cr-mAP-while-training")!.svg.match(/>mono 5 %<\/text>/g)).toHaveLength(1); // at its end alone
  });

  it("know no style sheet: every colour is plain, and markup is closed", () => {
    for (const { svg } of files.values()) {
      expect(svg).not.toMatch(/var\(|color-mix|class=|NaN|undefined|Infinity/);
      expect(svg.match(/<(?!\/|\?)[^>]*[^/]>/g)!.length).toBe(svg.match(/<\/\w+>/g)!.length);
    }
  });

  it("are the same bytes whatever run ended first, and say what they were made of", () => {
    const reversed = { ...result, runs: result.runs.toReversed() };
    expect(filesOf(study, reversed)).toEqual(files);
    expect(files.get("Cr-mAP-by-language")!.svg).toContain(result.runs[0]!.digest);
  });

  it("have the surface over the triangle, its shades mixed", () => {
    const triangle = builtInStudy("triangle", "classroom");
    const values = triangle.cells.map(({ name }, i) => [
      name,
      triangle.seeds.map((s) => 0.2 + 0.01 * i + 0.001 * ((s * i) % 3)),
    ]);
    const found = filesOf(
      triangle,
      handResult(Object.fromEntries(values) as Record<string, number[]>, triangle.primary),
    );
    const svg = found.get("Mul-mAP-over-the-triangle")!.svg;
    expect(svg).toContain("Multilingual");
    expect(svg).not.toMatch(/var\(|color-mix/);
  });

  it("are none where nothing was measured", () => {
    expect(filesOf(study, { runs: [], missing: [] }).size).toBe(0);
  });
});

describe("colours on paper", () => {
  it("are those of the light theme", () => {
    const css = readFileSync(new URL("../theme.css", import.meta.url), "utf8");
    for (const [name, colour] of Object.entries(LIGHT))
      expect(css).toContain(`--${name}: light-dark(${colour},`);
  });

  it("are mixed in OKLab as browsers do", () => {
    // Chromium 139 paints the first as rgb(152, 184, 198)
    expect(inPlainColours("color-mix(in oklab, var(--strength) 43%, var(--well))")).toMatch(/^#[0-9a-f]{6}$/);
    expect(inPlainColours("color-mix(in oklab, var(--ink) 100%, var(--card))")).toBe(LIGHT["ink"]);
    expect(inPlainColours("color-mix(in oklab, var(--ink) 0%, var(--card))")).toBe(LIGHT["card"]);
    expect(() => inPlainColours("var(--nowhere)")).toThrow("no colour var(--nowhere)");
  });
});
