// A figure's numbers as a table under it, folded until asked for, and as CSV. Knows no figure.
import { useState } from "react";
import { CsvButton } from "../controls/CsvButton.tsx";

export interface FoldedNumbers {
  readonly heads: readonly string[]; // of all columns
  readonly rows: readonly {
    readonly id: string | number;
    readonly head: string;
    readonly cells: readonly string[]; // behind the head
    readonly isCurrent?: boolean;
  }[];
  readonly csv: () => string;
  readonly note?: string | undefined; // what the CSV has besides
}

interface FoldedTableProps {
  readonly caption: string;
  readonly csvName?: string; // left out: the caption
  readonly numbers: () => FoldedNumbers | undefined; // asked for while it is open
}

export function FoldedTable({ caption, csvName = caption, numbers }: FoldedTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="dataTable" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Table</summary>
      {open && <Opened {...{ caption, csvName, numbers }} />}
    </details>
  );
}

function Opened({ caption, csvName, numbers }: Required<FoldedTableProps>) {
  const found = numbers();
  if (!found) return <p className="dataTable-note">No points yet.</p>;
  const { heads, rows, csv, note } = found;
  return (
    <>
      <div className="dataTable-tools">
        <CsvButton csv={csv} name={csvName} />
        {note !== undefined && <span>{note}</span>}
      </div>
      <div className="dataTable-scroll" tabIndex={0} role="region" aria-label={`${caption}, table`}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {heads.map((head, i) => (
                <th key={i} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, head, cells, isCurrent = false }) => (
              <tr key={id} aria-current={isCurrent || undefined}>
                <th scope="row">{head}</th>
                {cells.map((cell, i) => (
                  <td key={i}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
