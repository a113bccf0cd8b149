// A small picture beside a definition, in the page's colours. Decoration: the words say the same.
import type { ReactNode } from "react";
import type { TermId } from "./glossary.ts";
import "./words.css";

/** Of those terms that a picture helps. */
const PICTURES: Partial<Readonly<Record<TermId, { readonly height: number; readonly drawing: ReactNode }>>> =
  {
    map: { height: 34, drawing: <Ranking hits={[0, 2]} notes={["1/1", "", "2/3"]} /> },
    mono: { height: 20, drawing: <Pools languages="AAAA" hits={[1]} /> },
    cross: { height: 20, drawing: <Pools languages="BBBB" hits={[2]} /> },
    multi: { height: 20, drawing: <Pools languages="ABCA" hits={[0, 1, 2]} /> },
    rankDistance: { height: 26, drawing: <Distance /> },
    sameLanguageShare: { height: 20, drawing: <Pools languages="AABAAC" hits={[0, 1, 3, 4]} /> },
    pool: { height: 20, drawing: <Pools languages="ABC" hits={[]} /> },
    interval: { height: 20, drawing: <Whisker /> },
    nats: { height: 38, drawing: <Nats /> },
    negatives: { height: 40, drawing: <BatchSquare /> },
    temperature: { height: 40, drawing: <Temperatures /> },
  };

export function TermPicture({ id }: { readonly id: TermId }) {
  const picture = PICTURES[id];
  if (!picture) return null;
  return (
    <svg className="termPicture" viewBox={`0 0 150 ${picture.height}`} aria-hidden>
      {picture.drawing}
    </svg>
  );
}

function Box({ x, text, hit, round = false }: { x: number; text: string; hit: boolean; round?: boolean }) {
  return (
    <g transform={`translate(${x} 1)`} className={hit ? "termPicture-hit" : "termPicture-box"}>
      <rect width="18" height="18" rx={round ? 9 : 4} />
      <text x="9" y="13">
        {text}
      </text>
    </g>
  );
}

/** A question in language A, and what it is ranked among; what counts is filled. */
function Pools({ languages, hits }: { languages: string; hits: readonly number[] }) {
  return (
    <>
      <Box x={1} text="A" hit={hits.length === 0} round />
      <text x="29" y="14">
        ?
      </text>
      {[...languages].map((lang, i) => (
        <Box key={i} x={38 + 19 * i - (languages.length > 5 ? 2 : 0)} text={lang} hit={hits.includes(i)} />
      ))}
    </>
  );
}

/** The first places of a ranking: right ones filled, what they count below. */
function Ranking({ hits, notes }: { hits: readonly number[]; notes: readonly string[] }) {
  return [0, 1, 2, 3, 4, 5].map((i) => (
    <g key={i}>
      <Box x={6 + 23 * i} text={String(i + 1)} hit={hits.includes(i)} />
      <text x={15 + 23 * i} y="31">
        {notes[i]}
      </text>
    </g>
  ));
}

/** All ranks in a row, and the way from the first right answer to the last. */
function Distance() {
  return (
    <>
      {Array.from({ length: 18 }, (_, i) => (
        <rect
          key={i}
          className={[2, 5, 13].includes(i) ? "termPicture-mark" : "termPicture-dot"}
          {...{ x: 3 + 8 * i, y: 2, width: 6, height: 12, rx: 1.5 }}
        />
      ))}
      <path className="termPicture-line" d="M22 18v5h88v-5" />
    </>
  );
}

function Whisker() {
  return (
    <>
      <path className="termPicture-line" d="M30 3v14M30 10h90M120 3v14" />
      <circle className="termPicture-mark" cx="72" cy="10" r="5" />
    </>
  );
}

/** −ln p, falling from left to right. */
function Nats() {
  const points = Array.from({ length: 30 }, (_, i) => {
    const p = 0.02 + (0.98 * i) / 29;
    return `${10 + 130 * p},${36 - 8 * -Math.log(p)}`;
  });
  return (
    <>
      <path className="termPicture-axis" d="M10 2v34h130" />
      <polyline className="termPicture-line" points={points.join(" ")} />
    </>
  );
}

/** Four questions by four passages of a batch: the diagonal is right, all else wrong. */
function BatchSquare() {
  return [0, 1, 2, 3].flatMap((row) =>
    [0, 1, 2, 3].map((column) => (
      <rect
        key={`${row} ${column}`}
        className={row === column ? "termPicture-mark" : "termPicture-dot"}
        {...{ x: 48 + 14 * column, y: 1 + 10 * row, width: 12, height: 8, rx: 2 }}
      />
    )),
  );
}

/** The same similarities as probabilities, at a low and at a high temperature. */
function Temperatures() {
  const heights = [
    [34, 5, 2, 1],
    [14, 11, 9, 8],
  ];
  return heights.flatMap((bars, side) =>
    bars.map((height, i) => (
      <rect
        key={`${side} ${i}`}
        className={i === 0 ? "termPicture-mark" : "termPicture-dot"}
        {...{ x: 14 + 74 * side + 13 * i, y: 38 - height, width: 10, height, rx: 1.5 }}
      />
    )),
  );
}
