// A short piece of a chart's line, as it is drawn: for legends, tooltips and lists.
import { markerPath, type LineLook } from "../../core/picture/lineLook.ts";

interface SwatchProps extends LineLook {
  readonly hollow?: boolean;
}

export function Swatch({ colour, dash, marker, hollow = false }: SwatchProps) {
  return (
    <svg className="swatch" width="26" height="12" aria-hidden>
      <line x1="1" y1="6" x2="25" y2="6" stroke={colour} strokeWidth="2.5" strokeDasharray={dash} />
      {marker && (
        <path
          d={markerPath(marker, 13, 6, 4)}
          fill={hollow ? "var(--card)" : colour}
          stroke={hollow ? colour : "var(--card)"}
          strokeWidth={hollow ? 1.75 : 1}
        />
      )}
    </svg>
  );
}
