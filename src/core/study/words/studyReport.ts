// A study's card with its tables in the forms that papers and spreadsheets take. Runs and measures nothing.
import { latexTable, latexText, markdownTable, markdownText } from "../../export/formatTable.ts";
import type { ResultTable } from "../../export/resultTable.ts";
import { csvText } from "../../series/csv.ts";
import type { ComparedPair, FamilyAsks, StudyAnalysis } from "../analysis/studyAnalysis.ts";
import { cellLabel, controlOf, type Study } from "../study.ts";
import { cardText, studyCard } from "./studyCard.ts";
import { sizeOf } from "./cellWords.ts";
import { verdictWords } from "./studyNumbers.ts";
import { familyTables, groupsTable, meansTable } from "./studyTables.ts";
import { synergyLines, synergyTable } from "./synergyWords.ts";

export type StudyFormat = "text" | "markdown" | "latex" | "csv";

export function studyReport(study: Study, analysis: StudyAnalysis, format: StudyFormat): string {
  const card = studyCard(study, analysis);
  const tables = studyTables(study, analysis);
  switch (format) {
    case "text":
      return `${cardText(card)}\n`;
    case "markdown":
      return studyMarkdown(study, analysis, 1);
    case "latex": {
      const paragraphs = [
        String.raw`\paragraph{${latexText(card.title)}} \emph{${latexText(card.question)}}`,
        latexText(card.headline),
        ...[...card.parts, ...card.details].map(
          ({ head, sentences }) => String.raw`\textbf{${latexText(head)}.} ${latexText(sentences.join(" "))}`,
        ),
      ];
      return `${paragraphs.join("\n\n")}\n\n${tables.map(({ table }) => latexTable(table)).join("\n")}`;
    }
    case "csv":
      return csvText(studyRows(study, analysis));
    default:
      return format satisfies never;
  }
}

/** @param level of its heading */
export function studyMarkdown(study: Study, analysis: StudyAnalysis, level: number): string {
  const { title, question, headline, parts, details } = studyCard(study, analysis);
  const blocks = [
    `${"#".repeat(level)} ${markdownText(title)}`,
    `_${markdownText(question)}_`,
    `**${markdownText(headline)}**`,
    ...[...parts, ...details].map(
      ({ head, sentences }) => `**${head}.** ${markdownText(sentences.join(" "))}`,
    ),
    ...studyTables(study, analysis).map(({ table }) => markdownTable(table).trimEnd()),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** All tables of a study, each under its name. */
export function studyTables(study: Study, analysis: StudyAnalysis): readonly StudyTable[] {
  const differences = familyTables(study, analysis);
  const synergy = synergyTable(study, analysis.metrics[0]!);
  const groups = groupsTable(study, analysis);
  return [
    { name: "Means", table: meansTable(study, analysis) },
    ...differences.map((table, i) => ({ name: `Differences ${i + 1}`, table })),
    ...(synergy ? [{ name: "Kinds of batch together", table: synergy }] : []),
    ...(groups ? [{ name: "Groups of languages", table: groups }] : []),
  ];
}

export interface StudyTable {
  readonly name: string;
  readonly table: ResultTable;
}

const HEADER = [
  "metric",
  "cell",
  "label",
  "seed",
  "value",
  "low",
  "high",
  "seeds",
  "control",
  "difference",
  "difference_low",
  "difference_high",
  "p",
  "p_adjusted",
  "p_seeds",
  "verdict",
  "family",
  "family_size",
] as const;

type Row = readonly (string | number | undefined)[];

/** That are decided together: mono with cross, mono with multi, cross with multi. */
const PAIRS_OF_KINDS = 3;

/** What a family asks, in the file: STUDIES' words for the controls that its cells are held against. */
const FAMILIES: Readonly<Record<FamilyAsks, string>> = {
  mean: "own mean held fixed",
  reversed: "own way backwards",
  further: "further control",
  control: "first control",
};

/**
 * A row for each run, and one for each cell with its mean over seeds (seed "mean"), in full digits; then one for each pair of
 * cells of other controls than the first (seed "difference"), and of a study over blends one for each pair of kinds and group of
 * languages (seed "synergy"; its difference is Scheffé's b).
 */
function* studyRows(study: Study, { metrics }: StudyAnalysis): Generator<Row> {
  yield HEADER;
  const control = controlOf(study);
  for (const one of metrics) {
    const { metric, rows, families } = one;
    const size = sizeOf(study, metric);
    const compared = ({ cell, other, against }: ComparedPair): Row => [
      other,
      against.mean,
      against.low,
      against.high,
      against.p,
      against.adjusted,
      against.nTested,
      verdictWords(against.verdict, size),
      FAMILIES[
        families.find(({ pairs }) => pairs.some((pair) => pair.cell === cell && pair.other === other))!.asks
      ],
      against.among,
    ];
    for (const { cell, seeds, n, mean, low, high, against } of rows) {
      const label = cellLabel(study, cell);
      for (const { seed, value } of seeds) {
        const difference = against?.seeds.find((one) => one.seed === seed)?.value;
        yield [metric, cell, label, seed, value, "", "", "", against && control, difference];
      }
      const found = against ? compared({ cell, other: control, against }) : [];
      yield [metric, cell, label, "mean", mean, low, high, n, ...found];
    }
    for (const pair of families.flatMap(({ pairs }) => pairs).filter(({ other }) => other !== control)) {
      const { cell, against } = pair;
      yield [metric, cell, cellLabel(study, cell), "difference", "", "", "", against.n, ...compared(pair)];
    }
    for (const { group, kinds, bend, p, adjusted, verdict } of synergyLines(study, one)) {
      const found = [bend.mean, bend.low, bend.high, p, adjusted, bend.n, verdict, group, PAIRS_OF_KINDS];
      yield [metric, kinds.join("+"), kinds.join(" and "), "synergy", "", "", "", bend.n, "", ...found];
    }
  }
}
