// Which column of a table holds what, chosen among the file's own, and the first rows as they will then be read.
import { visibleText } from "../../core/visibleText.ts";
import { useId } from "react";
import type { TableHead } from "../../core/collections/importChoices.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { languageTag } from "../../core/languages/languageTag.ts";
import type { Columns } from "./ownChoices.ts";

const MAIN = [
  ["query", "Query"],
  ["positive", "Passage that answers it"],
] as const;
const MORE = [
  ["negative", "Passages that do not"],
  ["label", "Label: 1 right, 0 wrong"],
  ["queryLang", "Language of the query"],
  ["passageLang", "Language of the passage"],
  ["concept", "Concept: rows that mean the same"],
  ["split", "Part: train, dev or test"],
] as const;

interface ColumnsFieldProps {
  readonly table: TableHead;
  readonly columns: Columns;
  readonly lang: string; // of rows that name none
  readonly passageLang: string;
  readonly problem: string | undefined;
  readonly onColumns: (columns: Columns) => void;
}

export function ColumnsField({ table, columns, lang, passageLang, problem, onColumns }: ColumnsFieldProps) {
  const id = useId();
  const choice = ([part, label]: (typeof MAIN | typeof MORE)[number]) => (
    <div key={part} className="addField">
      <label htmlFor={`${id}-${part}`}>{label}</label>
      <select
        id={`${id}-${part}`}
        className="select"
        value={columns[part] ?? ""}
        onChange={({ target }) => onColumns({ ...columns, [part]: target.value })}
      >
        <option value="">no column</option>
        {table.columns.map((column) => (
          <option key={column} value={column}>
            {visibleText(column)}
          </option>
        ))}
      </select>
    </div>
  );
  const textOf = (row: TableHead["rows"][number], part: keyof Columns) => row[columns[part] ?? ""] ?? "";
  const spoken = (row: TableHead["rows"][number], part: "queryLang" | "passageLang") => {
    const code = languageTag(textOf(row, part)) ?? (part === "queryLang" ? lang : passageLang);
    return { lang: code, dir: languageInfo(code).direction };
  };
  return (
    <fieldset className="addColumns">
      <legend>Columns of {table.name}</legend>
      {table.others > 0 && (
        <p className="field-note">
          {table.others === 1 ? "Another table is" : `${table.others} other tables are`} read the same way.
        </p>
      )}
      <div className="addColumns-choices">{MAIN.map(choice)}</div>
      <details open={MORE.some(([part]) => table.suggested[part] !== undefined) || undefined}>
        <summary className="linkButton">More columns</summary>
        <div className="addColumns-choices">{MORE.map(choice)}</div>
      </details>
      {problem === undefined ? (
        <>
          <p className="addColumns-caption">First rows, as they will be read</p>
          <ul className="textPairs">
            {table.rows.map((row, i) => (
              <li key={i}>
                <p className="textPairs-query" {...spoken(row, "queryLang")}>
                  {textOf(row, "query")}
                </p>
                <p {...spoken(row, "passageLang")}>{textOf(row, "positive")}</p>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p role="status" className="field-problem">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
