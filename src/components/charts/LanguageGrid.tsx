// A grid of query language x passage language: colour for the eye, a real table for everyone else. Knows no run.
import { memo, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import "./grids.css";

export interface GridCell {
  readonly text: string; // "" = empty
  readonly strength: number; // [0, 1], how much of the colour
}

interface LanguageGridProps {
  readonly caption: string;
  readonly languages: readonly string[]; // of rows and columns
  readonly isMarked: (lang: string) => boolean; // drawn dashed: held out
  readonly cell: (query: string, passage: string) => GridCell | undefined; // undefined = nothing known
  readonly colour: string;
  readonly readout: (query: string, passage: string) => ReactNode; // one sentence on one cell
  readonly idleReadout: string;
}

interface Cursor {
  readonly row: number;
  readonly column: number;
}

/** Up to this many languages a cell has room for its number. */
const ROOM_FOR_TEXT = 14;

export function LanguageGrid(props: LanguageGridProps) {
  const { caption, languages, isMarked, cell, colour, readout, idleReadout } = props;
  const [cursor, setCursor] = useState<Cursor>();
  const n = languages.length;
  const size = n <= ROOM_FOR_TEXT ? "roomy" : n <= 30 ? "tight" : "tiny";
  const move = (event: KeyboardEvent) => {
    const by = ARROWS[event.key];
    if (!by || n === 0) return;
    event.preventDefault();
    setCursor(({ row, column } = { row: -by[0], column: -by[1] }) => ({
      row: Math.min(n - 1, Math.max(0, row + by[0])),
      column: Math.min(n - 1, Math.max(0, column + by[1])),
    }));
  };
  const query = cursor && languages[cursor.row];
  const passage = cursor && languages[cursor.column];
  return (
    <div className={`grid grid-${size}`} style={{ "--heat": colour, "--n": n } as CSSProperties}>
      <div className="grid-axes" aria-hidden>
        <span>question in ↓</span>
        <span>answers in →</span>
      </div>
      <div
        className="grid-frame"
        tabIndex={0}
        role="region"
        aria-label={`${caption}. Arrow keys move from cell to cell.`}
        onKeyDown={move}
        onPointerOver={({ target }) => setCursor(cursorOf(target))}
        onPointerLeave={() => setCursor(undefined)}
        onBlur={() => setCursor(undefined)}
      >
        <table>
          <caption className="visuallyHidden">{caption}</caption>
          <thead>
            <tr>
              <td />
              {languages.map((lang, i) => (
                <LanguageHeader
                  key={lang}
                  lang={lang}
                  scope="col"
                  marked={isMarked(lang)}
                  current={cursor?.column === i}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {languages.map((lang, row) => (
              <Row
                key={lang}
                {...{ lang, row, languages, cell }}
                marked={isMarked(lang)}
                cursorAt={cursor?.row === row ? cursor.column : undefined}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="grid-readout" role="status" data-idle={cursor === undefined || undefined}>
        {query !== undefined && passage !== undefined ? readout(query, passage) : idleReadout}
      </p>
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function cursorOf(target: EventTarget): Cursor | undefined {
  const { row, column } = (target as HTMLElement).dataset; // pointer events in a table hit elements only
  return row === undefined || column === undefined ? undefined : { row: Number(row), column: Number(column) };
}

interface HeaderProps {
  readonly lang: string;
  readonly scope: "row" | "col";
  readonly marked: boolean;
  readonly current: boolean;
}

function LanguageHeader({ lang, scope, marked, current }: HeaderProps) {
  const { name } = languageInfo(lang);
  return (
    <th
      scope={scope}
      title={marked ? `${name}, held out` : name}
      data-marked={marked || undefined}
      data-current={current || undefined}
    >
      <abbr title={marked ? `${name}, held out` : name}>{lang}</abbr>
    </th>
  );
}

/**
 * Black text reaches 4.5:1 on any luminance from 0.175, white text up to 0.183. The dark theme's cells pass that point
 * at 0.64 of their scale, the light theme's at 0.9 (oklab mixes of --heat and --low).
 */
const DARK_TEXT_FROM = 0.64;
const LIGHT_TEXT_FROM = 0.9;

interface RowProps extends Pick<LanguageGridProps, "languages" | "cell"> {
  readonly lang: string;
  readonly row: number;
  readonly marked: boolean;
  readonly cursorAt: number | undefined;
}

const Row = memo(({ lang, row, languages, cell, marked, cursorAt }: RowProps) => (
  <tr>
    <LanguageHeader lang={lang} scope="row" marked={marked} current={cursorAt !== undefined} />
    {languages.map((passage, column) => {
      const { text, strength } = cell(lang, passage) ?? { text: "", strength: 0 };
      return (
        <td
          key={passage}
          data-row={row}
          data-column={column}
          data-strong={strength > DARK_TEXT_FROM || undefined}
          data-full={strength > LIGHT_TEXT_FROM || undefined}
          data-current={cursorAt === column || undefined}
          data-empty={text === "" || undefined}
          style={{ "--t": strength } as CSSProperties}
        >
          <span>{text}</span>
        </td>
      );
    })}
  </tr>
));
