// The sizes in which a chart is saved. Draws none.

/** Columns of a two-column paper, as acmart sets them. */
export const PAPER_WIDTHS = { "one column": 84, "two columns": 176 } as const;
export type PictureSize = "as shown" | keyof typeof PAPER_WIDTHS;

export const PX_PER_MM = 96 / 25.4;
