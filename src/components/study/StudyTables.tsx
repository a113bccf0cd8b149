// A study's tables, and its card with them as files. Decides no number.
import { FileSpreadsheet, FileText } from "lucide-react";
import type { ResultTable } from "../../core/export/resultTable.ts";
import { fileName } from "../../core/series/csv.ts";
import type { StudyAnalysis } from "../../core/study/analysis/studyAnalysis.ts";
import type { Study } from "../../core/study/study.ts";
import { studyReport, type StudyFormat } from "../../core/study/words/studyReport.ts";
import { familyTables, groupsTable, meansTable } from "../../core/study/words/studyTables.ts";
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
  const groups = groupsTable(study, analysis);
  return (
    <>
      <details className="study-fold">
        <summary>Tables</summary>
        <Table name="Means" table={meansTable(study, analysis)} />
        {familyTables(study, analysis).map((table, i) => (
          <Table key={table.caption} name={`Differences ${i + 1}`} table={table} />
        ))}
        {groups && <Table name="Groups of languages" table={groups} />}
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

function Table({ name, table }: { readonly name: string; readonly table: ResultTable }) {
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
