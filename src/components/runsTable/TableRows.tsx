// One row of the table: a run, or a group of runs with their means. Knows no other row.
import { ChevronDown, ChevronRight, Star } from "lucide-react";
import { memo, type CSSProperties, type ReactNode } from "react";
import { counted } from "../../core/counted.ts";
import { engineName } from "../../core/record/maker.ts";
import { groupMean, sharedValue } from "../../core/runTable/groupMean.ts";
import { EXPERIMENT, type RunColumn } from "../../core/runTable/runColumns.ts";
import type { SpecPath } from "../../core/spec/spec.ts";
import type { Run } from "../../state/run/run.ts";
import { MixGlyph } from "../charts/MixGlyph.tsx";
import { seriesColour } from "../../core/picture/lineLook.ts";
import { statusWord } from "../words/statusWords.ts";
import { cellText } from "./cellText.ts";
import type { TableRow } from "./useRunsTable.ts";

interface RowProps {
  readonly shown: readonly RunColumn[];
  readonly start: number; // px below the headings
  readonly at: number; // among all rows, from 1
  readonly isActive: boolean;
  readonly isChosen: boolean;
}

interface RunRowProps extends RowProps {
  readonly run: Run;
  readonly isMember: boolean;
  readonly isShown: boolean; // on the charts
}

export const RunRow = memo(({ run, isMember, isShown, shown, ...row }: RunRowProps) => (
  <Row {...row} id={run.id} name={run.name} level={isMember ? 2 : undefined} isShown={isShown}>
    {shown.map((column) => (
      <Cell key={column.id} column={column}>
        {column.id === "name" ? <Name run={run} /> : textOf(run, column)}
      </Cell>
    ))}
  </Row>
));

const MIX: SpecPath = "batch.ratio";

interface GroupRowProps extends RowProps {
  readonly row: TableRow;
  readonly group: RunColumn | undefined;
}

export function GroupRow({ row, group, shown, ...rest }: GroupRowProps) {
  const { runs, isOpen = false } = row;
  const [first] = runs;
  const value = first && group?.value(first);
  const label = row.label ?? (group ? cellText(group, value) : "");
  const isOneMix = group === EXPERIMENT || group?.id === MIX;
  const Mark = isOpen ? ChevronDown : ChevronRight;
  return (
    <Row {...rest} id={row.id} name={`all of ${label}`} level={1} isOpen={isOpen}>
      {shown.map((column, i) => (
        <Cell key={column.id} column={column}>
          {i === 0 ? (
            <span className="runsTable-name">
              <button type="button" data-part="open" tabIndex={-1} aria-label={`Open ${label}`}>
                <Mark aria-hidden size="1.1em" />
              </button>
              {first && isOneMix && <MixGlyph spec={first.spec} />}
              <b title={label}>{label}</b> <small>{counted(runs.length, "run")}</small>
            </span>
          ) : (
            <GroupCell runs={runs} column={column} />
          )}
        </Cell>
      ))}
    </Row>
  );
}

function GroupCell({ runs, column }: { readonly runs: readonly Run[]; readonly column: RunColumn }) {
  if (!column.metric) {
    const value = sharedValue(runs, column);
    if (value === undefined) return <span className="runsTable-soft">…</span>;
    const text = cellText(column, value);
    return <span title={text}>{text}</span>;
  }
  const found = groupMean(runs, column);
  if (!found)
    return <span title="No mean: a run lacks it, none has ended, or they are of several tests">–</span>;
  const { mean, half, seeds } = found;
  const n = `Mean of ${counted(found.runs, "run")}, ${counted(seeds, "seed")}`;
  const why = half === undefined ? "" : "; ± half of the 95 % interval over seeds (Student’s t)";
  return (
    <span title={`${n}${why}`}>
      {cellText(column, mean)}
      {half !== undefined && <small> ± {cellText(column, half)}</small>}
      {found.runs !== runs.length && <small> n={found.runs}</small>}
    </span>
  );
}

interface FrameProps extends Omit<RowProps, "shown"> {
  readonly id: string;
  readonly name: string;
  readonly level: number | undefined;
  readonly isOpen?: boolean;
  readonly isShown?: boolean;
  readonly children: ReactNode;
}

function Row({ id, name, level, isOpen, isShown, start, at, isActive, isChosen, children }: FrameProps) {
  return (
    <div
      className="runsTable-row"
      role="row"
      aria-rowindex={at}
      aria-selected={isChosen}
      aria-level={level}
      aria-expanded={isOpen}
      aria-current={isShown || undefined}
      tabIndex={isActive ? 0 : -1}
      data-row={id}
      data-member={level === 2 || undefined}
      data-group={isOpen !== undefined || undefined}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span className="runsTable-mark" role="gridcell" data-part="choose">
        <input
          type="checkbox"
          tabIndex={isActive ? 0 : -1}
          aria-label={`Choose ${name}`}
          checked={isChosen}
          onChange={() => undefined} // the click reaches the table, which knows its neighbours
        />
      </span>
      {children}
    </div>
  );
}

function Cell({ column, children }: { readonly column: RunColumn; readonly children: ReactNode }) {
  const isName = column.id === "name";
  return (
    <div
      className="runsTable-cell"
      role={isName ? "rowheader" : "gridcell"}
      data-type={column.type}
      data-name={isName || undefined}
    >
      {typeof children === "string" ? <span title={children}>{children}</span> : children}
    </div>
  );
}

function Name({ run }: { readonly run: Run }) {
  const { name, starred } = run;
  const engine = engineName(run.device);
  return (
    <span className="runsTable-name" style={{ "--run": seriesColour(run.colour) } as CSSProperties}>
      <button
        type="button"
        className="runsTable-star"
        data-part="star"
        tabIndex={-1}
        aria-pressed={starred}
        aria-label={starred ? `Take the star from ${name}` : `Star ${name}`}
      >
        <Star aria-hidden size="1em" fill={starred ? "currentColor" : "none"} />
      </button>
      <MixGlyph spec={run.spec} />
      <button type="button" className="runsTable-show" data-part="name" tabIndex={-1} title={`Show ${name}`}>
        {name}
      </button>
      {engine !== undefined && <small title={engine}>{engine.split(",")[0]}</small>}
    </span>
  );
}

const textOf = (run: Run, column: RunColumn): string =>
  column.id === "status" ? statusWord(run) : cellText(column, column.value(run));
