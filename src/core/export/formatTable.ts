// A result table as Markdown and as LaTeX. Escapes whatever a run may be called; decides no content.
import type { Cell, ResultTable } from "./resultTable.ts";

/** What Markdown would read as more than text, and the bar that ends a cell. */
export const markdownText = (text: string) => text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>|~#]/g, "\\$&");

/** GitHub's tables: names left, numbers right. Brackets of intervals are escaped, so that none becomes a link. */
export function markdownTable({ caption, columns, rows }: ResultTable): string {
  const text = (cell: Cell) => markdownText(typeof cell === "string" ? cell : cell.join(" "));
  const line = (cells: readonly Cell[]) => `| ${cells.map(text).join(" | ")} |\n`;
  const rule = columns.map((_, i) => (i === 0 ? ":--" : "--:"));
  return `${line(columns)}| ${rule.join(" | ")} |\n${rows.map(line).join("")}\n${markdownText(caption)}\n`;
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
  "−": "\\ensuremath{-}",
  "→": "\\ensuremath{\\to}",
  "×": "\\ensuremath{\\times}",
  δ: "\\ensuremath{\\delta}",
};

/** Text for LaTeX with T1 or Unicode fonts. A bracket is grouped: behind `\\` it would be read as an option. */
export function latexText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\~^<>|"–−→×δ]|[&%$#_{}]|[[\]]/g, (mark) =>
      "[]".includes(mark) ? `{${mark}}` : (LATEX[mark] ?? `\\${mark}`),
    );
}

const LINE_END = "\\\\";

/** Lines of \footnotesize on a page of the class article, less those of a caption. */
const PAGE_LINES = 45;

/**
 * A table with rules of the package booktabs, never wider than its column nor longer than its page: intervals stand below
 * their numbers in smaller print, what is still too wide is made smaller as a whole, and what is too long for a page is a
 * `longtable`, whose names break into lines.
 *
 * In Computer Modern "[.500, .625]" is 38 pt wide in \scriptsize, and a table of runs some 330 pt in \footnotesize, where the
 * class article has 345; with the intervals behind their numbers in the size of the text it was some 530.
 */
export function latexTable({ caption, columns, rows }: ResultTable): string {
  const lines = rows.flatMap(latexLines);
  const isLong = lines.length > PAGE_LINES;
  const shape = `@{}${isLong ? String.raw`p{0.2\linewidth}` : "l"}${"r".repeat(columns.length - 1)}@{}`;
  const head = `${columns.map(latexText).join(" & ")} ${LINE_END}`;
  const small = String.raw`\footnotesize\setlength{\tabcolsep}{3pt}`;
  const title = String.raw`\caption{${latexText(caption)}}`;
  return isLong
    ? String.raw`% needs \usepackage{booktabs,longtable} and a page of one column
\begingroup${small}
\begin{longtable}{${shape}}
  ${title}\\
  \toprule
  ${head}
  \midrule
  \endfirsthead
  \toprule
  ${head}
  \midrule
  \endhead
  \bottomrule
  \endfoot
${lines.map((line) => `  ${line}\n`).join("")}\end{longtable}
\endgroup
`
    : String.raw`% needs \usepackage{booktabs,graphicx}
\begin{table}
  \centering${small}
  ${title}
  \sbox0{\begin{tabular}{${shape}}
    \toprule
    ${head}
    \midrule
${lines.map((line) => `    ${line}\n`).join("")}    \bottomrule
  \end{tabular}}
  \ifdim\wd0>\linewidth\resizebox{\linewidth}{!}{\usebox0}\else\usebox0\fi
\end{table}
`;
}

/** A line of numbers and, where any has one, a line of their intervals close below, on the same page. */
function latexLines(row: readonly Cell[]): string[] {
  const numbers = row.map((cell) => latexText(typeof cell === "string" ? cell : cell[0])).join(" & ");
  if (row.every((cell) => typeof cell === "string")) return [`${numbers} ${LINE_END}`];
  const intervals = row.map((cell) =>
    typeof cell === "string" ? "" : String.raw`\scriptsize ${latexText(cell[1])}`,
  );
  return [`${numbers} ${LINE_END}*[-2pt]`, `${intervals.join(" & ").replace(/ +/g, " ").trim()} ${LINE_END}`];
}
