// A study's tables, and its card with them as files. Decides no number.
import { FileSpreadsheet, FileText } from "lucide-react";
import { fileName } from "../../core/series/csv.ts";
import type { StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import type { Study } from "../../core/study/study.ts";
import {
  studyReport,
  studyTables,
  type StudyFormat,
  type StudyTable,
} from "../../core/study/words/studyReport.ts";
import { Button } from "../controls/Button.tsx";
import { saveFile } from "../controls/saveFile.ts";

interface StudyTablesProps {
  readonly study: Study;
  readonly analysis: StudyAnalysis;
}

const FILES: readonly {
  readonly format: StudyFormat;
  readonly label: string;
  readonly ending: string;
  readonly type: string;
}[] = [
  { format: "markdown", label: "Markdown", ending: "md", type: "text/markdown" },
  { format: "latex", label: "LaTeX", ending: "tex", type: "application/x-tex" },
  { format: "csv", label: "CSV", ending: "csv", type: "text/csv" },
];

export function StudyTables({ study, analysis }: StudyTablesProps) {
  return (
    <>
      <details className="study-fold">
        <summary>Tables</summary>
        {studyTables(study, analysis).map(({ name, table }) => (
          <Table key={name} {...{ name, table }} />
        ))}
      </details>
      <div className="study-files">
        <span>Card and tables as</span>
        {FILES.map(({ format, label, ending, type }) => (
          <Button
            key={format}
            icon={format === "csv" ? FileSpreadsheet : FileText}
            onClick={() =>
              saveFile(fileName(study.title, ending), type, studyReport(study, analysis, format))
            }
          >
            {label}
          </Button>
        ))}
      </div>
    </>
  );
}

function Table({ name, table }: StudyTable) {
  const { caption, columns, rows } = table;
  return (
    <div className="dataTable-scroll study-table" tabIndex={0} role="region" aria-label={name}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, ...cells], i) => (
            <tr key={i}>
              <th scope="row">{head}</th>
              {cells.map((cell, at) => (
                <td key={at}>{typeof cell === "string" ? cell : cell.join(" ")}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
