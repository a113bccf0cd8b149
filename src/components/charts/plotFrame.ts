// Where steps and values stand in a chart's plot area. Draws nothing.

export interface PlotFrame {
  readonly x: number; // of the plot area, pixels
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly xMax: number; // steps from 0
  readonly yLow: number;
  readonly yHigh: number;
}

export function placeIn({ x, y, width, height, xMax, yLow, yHigh }: PlotFrame) {
  return {
    x: (step: number) => x + (step / xMax) * width,
    y: (value: number) => y + height * (1 - (value - yLow) / (yHigh - yLow)),
  };
}
