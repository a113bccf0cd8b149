// The README of a study's zip: what was asked and found, what lies where, how it is opened again, whose the data are.
import { counted } from "../../counted.ts";
import { markdownText } from "../../export/formatTable.ts";
import type { StudyCard } from "../words/studyCard.ts";
import type { DescribedDataset } from "./croissant.ts";
import type { StudyArchive } from "./archiveParts.ts";

/** Markdown. */
export function archiveReadme(
  { result, runs, figures, rankings, datasets }: StudyArchive,
  { title, question, headline }: Pick<StudyCard, "title" | "question" | "headline">,
): string {
  const lines = [
    `# ${markdownText(title)}`,
    "",
    `_${markdownText(question)}_`,
    "",
    `**${markdownText(headline)}** The whole card: tables/card.md.`,
    "",
    "## What is here",
    "",
    "- study.json: the study, whole",
    `- results.json: ${counted(result.runs.length, "run")} in brief; summary.json: what they say`,
    "- tables: the card with its tables (Markdown, LaTeX), and a row for each run (CSV)",
    ...(figures.size > 0 ? ["- figures: pictures of it (SVG, two columns wide)"] : []),
    "- datasets: what the data are, in Croissant’s terms; no sentence of them",
    ...(runs
      ? [
          "- runs: the record of each run, with its digest",
          "- queries: what each question came to, where that was kept",
        ]
      : []),
    ...(rankings ? ["- trec: rankings, headed by ir_metadata, and judgements"] : []),
    "- ro-crate-metadata.json: all of these files with their hashes, as an RO-Crate",
    "",
    "## Opening it again",
    "",
    "- In the lab’s page: the view Study, “Open a study”.",
    "- On the command line: `lab report FILE.zip`.",
    ...(runs
      ? [
          "- Unpacked it is a folder of `lab sweep`: `lab sweep --out FOLDER --resume` goes on with it, and `lab replay FOLDER/runs/CELL.SEED.json` trains a run again.",
        ]
      : []),
    "",
    "A digest proves that numbers are equal, not who made them.",
    "",
    "## Data",
    "",
    ...datasets.map(dataLine),
    "",
    "## Licence",
    "",
    "None is stated for the numbers here: whoever made them says. The datasets have their own.",
  ];
  return `${lines.join("\n")}\n`;
}

function dataLine({ id, sha256, entry, manifest }: DescribedDataset): string {
  const { title, licence, citation } = entry ?? manifest ?? {};
  const words = [
    `${title ?? "a dataset of its owner’s"} (${id}), sha256 ${sha256}`,
    ...(licence === undefined ? [] : [`licence ${licence}`]),
    ...(entry?.licenceDoubt === undefined ? [] : [entry.licenceDoubt]),
    ...(citation === undefined ? [] : [citation]),
  ];
  return `- ${words.map(markdownText).join("; ")}`;
}
