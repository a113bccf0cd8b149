// A grid of query language x passage language: colour for the eye, a real table for everyone else. Knows no run.
import { memo, useMemo, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import type { LanguageGroup } from "../../core/languages/languageChoice.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { hoverEnd } from "../controls/hoverEnd.ts";
import "./grids.css";

export interface GridCell {
  readonly text: string; // "" = empty
  readonly strength: number; // [0, 1], how much of the colour; above 1: all of it
}

interface LanguageGridProps {
  readonly caption: string;
  readonly languages: readonly string[]; // of rows and columns
  readonly groups?: readonly LanguageGroup[] | undefined; // of the languages, one after the other
  readonly isMarked: (lang: string) => boolean; // drawn dashed: held out
  readonly cell: (query: string, passage: string) => GridCell | undefined; // undefined = nothing known
  readonly colour: string;
  readonly readout: (query: string, passage: string) => ReactNode; // one sentence on one cell
  readonly idleReadout: string;
  readonly highlighted?: string | undefined; // language whose row and column stand out
  readonly onHighlight?: ((lang: string) => void) | undefined; // a name at the edge was pressed
}

interface Cursor {
  readonly row: number;
  readonly column: number;
}

/** Up to this many languages a cell has room for its number, the edges for readable codes, for codes at all. */
const ROOM_FOR_TEXT = 14;
const ROOM_FOR_CODES = 30;
const ROOM_FOR_SMALL_CODES = 60;

/** From so many languages on a group has room for a short name; fewer show it where one points. */
const ROOM_FOR_GROUP = { roomy: 2, tight: 4, tiny: 5, dots: 8 };

/** "Class 4, underdog" -> "Class 4" where there is no room for three such. */
const groupName = ({ title, languages }: LanguageGroup, room: number) =>
  languages.length < 3 * room ? title.replace(/,.*/, "") : title;

const sizeOf = (n: number) =>
  n <= ROOM_FOR_TEXT ? "roomy" : n <= ROOM_FOR_CODES ? "tight" : n <= ROOM_FOR_SMALL_CODES ? "tiny" : "dots";

export function LanguageGrid(props: LanguageGridProps) {
  const { caption, languages, isMarked, cell, colour, readout, idleReadout, highlighted, onHighlight } =
    props;
  const [cursor, setCursor] = useState<Cursor>();
  const n = languages.length;
  const grouped = props.groups !== undefined;
  const roomForGroup = ROOM_FOR_GROUP[sizeOf(n)];
  const groups = props.groups ?? [{ title: "", languages }];
  const begins = useMemo(() => new Set(props.groups?.map((group) => group.languages[0]!)), [props.groups]);
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
    <div className={`grid grid-${sizeOf(n)}`} style={{ "--heat": colour, "--n": n } as CSSProperties}>
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
        onPointerLeave={hoverEnd(() => setCursor(undefined))}
        onBlur={() => setCursor(undefined)}
      >
        <table>
          <caption className="visuallyHidden">{caption}</caption>
          <colgroup>
            {grouped && <col className="grid-groupColumn" />}
            <col className="grid-nameColumn" />
            <col span={n} />
          </colgroup>
          <thead>
            {grouped && (
              <tr className="grid-groups">
                <td colSpan={2} />
                {groups.map((group) => (
                  <th key={group.title} scope="colgroup" colSpan={group.languages.length} title={group.title}>
                    <span hidden={group.languages.length < roomForGroup}>
                      {groupName(group, roomForGroup)}
                    </span>
                  </th>
                ))}
              </tr>
            )}
            <tr>
              <td colSpan={grouped ? 2 : 1} />
              {languages.map((lang, i) => (
                <LanguageHeader
                  key={lang}
                  {...{ lang, onHighlight }}
                  scope="col"
                  marked={isMarked(lang)}
                  current={cursor?.column === i}
                  highlighted={lang === highlighted}
                  begins={begins.has(lang)}
                />
              ))}
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.title}>
              {group.languages.map((lang) => {
                const row = languages.indexOf(lang);
                return (
                  <Row
                    key={lang}
                    {...{ lang, row, languages, begins, cell, highlighted, onHighlight }}
                    group={begins.has(lang) ? group : undefined}
                    roomForGroup={roomForGroup}
                    marked={isMarked(lang)}
                    cursorAt={cursor?.row === row ? cursor.column : undefined}
                  />
                );
              })}
            </tbody>
          ))}
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
  const { row, column } = (target as Element).closest("td")?.dataset ?? {}; // or the number within a cell
  return row === undefined || column === undefined ? undefined : { row: Number(row), column: Number(column) };
}

interface HeaderProps {
  readonly lang: string;
  readonly scope: "row" | "col";
  readonly marked: boolean;
  readonly current: boolean;
  readonly highlighted: boolean;
  readonly begins?: boolean; // a group
  readonly onHighlight: ((lang: string) => void) | undefined;
}

function LanguageHeader(props: HeaderProps) {
  const { lang, scope, marked, current, highlighted, begins = false, onHighlight } = props;
  const { name } = languageInfo(lang);
  const title = marked ? `${name}, held out` : name;
  return (
    <th
      scope={scope}
      title={title}
      data-marked={marked || undefined}
      data-current={current || undefined}
      data-highlighted={highlighted || undefined}
      data-begins={begins || undefined}
      onClick={() => onHighlight?.(lang)}
    >
      <abbr title={title} data-name={name}>
        {lang}
      </abbr>
    </th>
  );
}

interface RowProps extends Pick<LanguageGridProps, "languages" | "cell" | "highlighted" | "onHighlight"> {
  readonly begins: ReadonlySet<string>; // languages that begin a group
  readonly lang: string;
  readonly row: number;
  readonly group: LanguageGroup | undefined; // that begins with this row
  readonly roomForGroup: number; // languages that its name takes
  readonly marked: boolean;
  readonly cursorAt: number | undefined;
}

const Row = memo((props: RowProps) => {
  const { lang, row, languages, begins, cell, marked, cursorAt, highlighted, onHighlight } = props;
  const { group, roomForGroup } = props;
  return (
    <tr>
      {group && (
        <th className="grid-group" scope="rowgroup" rowSpan={group.languages.length} title={group.title}>
          <span hidden={group.languages.length < roomForGroup}>{groupName(group, roomForGroup)}</span>
        </th>
      )}
      <LanguageHeader
        {...{ lang, marked, onHighlight }}
        scope="row"
        current={cursorAt !== undefined}
        highlighted={lang === highlighted}
      />
      {languages.map((passage, column) => {
        const { text, strength } = cell(lang, passage) ?? { text: "", strength: 0 };
        return (
          <td
            key={passage}
            data-row={row}
            data-column={column}
            data-current={cursorAt === column || undefined}
            data-highlighted={lang === highlighted ? "row" : passage === highlighted ? "column" : undefined}
            data-begins={begins.has(passage) || undefined}
            data-empty={text === "" || undefined}
            style={{ "--t": Math.min(1, strength) } as CSSProperties}
          >
            <span>{text}</span>
          </td>
        );
      })}
    </tr>
  );
});
