// A result table as Markdown and as LaTeX. Escapes whatever a run may be called; decides no content.
import type { ResultTable } from "./resultTable.ts";

/** What Markdown would read as more than text, and the bar that ends a cell. */
const markdownCell = (text: string) => text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>|~#]/g, "\\$&");

/** GitHub's tables: names left, numbers right. Brackets of intervals are escaped, so that none becomes a link. */
export function markdownTable({ caption, columns, rows }: ResultTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(" | ")} |\n`;
  const rule = columns.map((_, i) => (i === 0 ? ":--" : "--:"));
  return `${line(columns)}| ${rule.join(" | ")} |\n${rows.map(line).join("")}\n${markdownCell(caption)}\n`;
}

const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
  "–": "--",
};

/** Text for LaTeX with T1 or Unicode fonts. A bracket is grouped: behind `\\` it would be read as an option. */
export function latexText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\~^<>|"–]|[&%$#_{}]|[[\]]/g, (mark) =>
      "[]".includes(mark) ? `{${mark}}` : (LATEX[mark] ?? `\\${mark}`),
    );
}

/** A floating table with rules of the package booktabs. */
export function latexTable({ caption, columns, rows }: ResultTable): string {
  const line = (cells: readonly string[]) => `    ${cells.map(latexText).join(" & ")} \\\\\n`;
  return [
    "% needs \\usepackage{booktabs}\n",
    "\\begin{table}\n  \\centering\n",
    `  \\caption{${latexText(caption)}}\n`,
    `  \\begin{tabular}{l${"r".repeat(columns.length - 1)}}\n    \\toprule\n`,
    line(columns),
    "    \\midrule\n",
    ...rows.map(line),
    "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n",
  ].join("");
}
