// A study's card with its tables in the forms that papers and spreadsheets take. Runs and measures nothing.
import { latexTable, latexText, markdownTable, markdownText } from "../../export/formatTable.ts";
import { csvText } from "../../series/csv.ts";
import type { StudyAnalysis } from "../analysis/studyAnalysis.ts";
import { controlOf, type Study } from "../study.ts";
import { cardText, studyCard } from "./studyCard.ts";
import { sizeOf } from "./findingWords.ts";
import { verdictWords } from "./studyNumbers.ts";
import { differencesTable, groupsTable, meansTable } from "./studyTables.ts";

export type StudyFormat = "text" | "markdown" | "latex" | "csv";

export function studyReport(study: Study, analysis: StudyAnalysis, format: StudyFormat): string {
  const card = studyCard(study, analysis);
  const tables = tablesOf(study, analysis);
  switch (format) {
    case "text":
      return `${cardText(card)}\n`;
    case "markdown":
      return studyMarkdown(study, analysis, 1);
    case "latex": {
      const paragraphs = [
        String.raw`\paragraph{${latexText(card.title)}} \emph{${latexText(card.question)}}`,
        latexText(card.headline),
        ...card.parts.map(
          ({ head, sentences }) => String.raw`\textbf{${latexText(head)}.} ${latexText(sentences.join(" "))}`,
        ),
      ];
      return `${paragraphs.join("\n\n")}\n\n${tables.map(latexTable).join("\n")}`;
    }
    case "csv":
      return csvText(studyRows(study, analysis));
    default:
      return format satisfies never;
  }
}

/** @param level of its heading */
export function studyMarkdown(study: Study, analysis: StudyAnalysis, level: number): string {
  const { title, question, headline, parts } = studyCard(study, analysis);
  const blocks = [
    `${"#".repeat(level)} ${markdownText(title)}`,
    `_${markdownText(question)}_`,
    `**${markdownText(headline)}**`,
    ...parts.map(({ head, sentences }) => `**${head}.** ${markdownText(sentences.join(" "))}`),
    ...tablesOf(study, analysis).map((table) => markdownTable(table).trimEnd()),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function tablesOf(study: Study, analysis: StudyAnalysis) {
  const groups = groupsTable(study, analysis);
  return [meansTable(study, analysis), differencesTable(study, analysis), ...(groups ? [groups] : [])];
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
] as const;

type Row = readonly (string | number | undefined)[];

/** A row for each run, and one for each cell with its mean over seeds (seed "mean"), in full digits. */
function* studyRows(study: Study, { metrics }: StudyAnalysis): Generator<Row> {
  yield HEADER;
  const control = controlOf(study);
  for (const { metric, rows } of metrics) {
    for (const { cell, seeds, n, mean, low, high, against } of rows) {
      const label = study.cells.find(({ name }) => name === cell)?.label;
      for (const { seed, value } of seeds) {
        const difference = against?.seeds.find((one) => one.seed === seed)?.value;
        yield [metric, cell, label, seed, value, "", "", "", against && control, difference];
      }
      const size = sizeOf(study, metric);
      const compared = against
        ? [
            control,
            against.mean,
            against.low,
            against.high,
            against.p,
            against.adjusted,
            against.nTested,
            verdictWords(against.verdict, size),
          ]
        : [];
      yield [metric, cell, label, "mean", mean, low, high, n, ...compared];
    }
  }
}
