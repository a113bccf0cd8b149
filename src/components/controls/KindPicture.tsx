// A batch of three rows drawn small: query on the left, passages on the right, a letter for each language.
// Decoration: the words beside it say the same.
import { kindFacts, type BatchKind } from "../../core/spec/batchKind.ts";

const STEP = 17;

export function KindPicture({ kind }: { kind: BatchKind }) {
  return (
    <svg className="kindPicture" viewBox="0 0 68 54" aria-hidden>
      {kindFacts(kind).drawing.map((row, y) =>
        [...row].map((lang, x) => {
          const left = x === 0 ? 1 : 8 + x * STEP;
          return (
            <g
              key={x}
              className={`kindPicture-${lang}`}
              transform={`translate(${left} ${1 + y * (STEP + 1)})`}
            >
              <rect width="16" height="16" rx={x === 0 ? 8 : 3.5} />
              <text x="8" y="11.6" textAnchor="middle">
                {lang}
              </text>
              {x > 0 && <line x1={x === 1 ? -7 : -1} y1="8" x2="0" y2="8" />}
            </g>
          );
        }),
      )}
    </svg>
  );
}
