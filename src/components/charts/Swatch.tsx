// A short piece of a chart's line, for legends and tooltips.

interface SwatchProps {
  readonly colour: string;
  readonly dash?: string | undefined;
}

/** A short piece of the line, as it is drawn. */
export function Swatch({ colour, dash }: SwatchProps) {
  return (
    <svg className="swatch" width="22" height="8" aria-hidden>
      <line x1="1" y1="4" x2="21" y2="4" stroke={colour} strokeWidth="3" strokeDasharray={dash} />
    </svg>
  );
}
