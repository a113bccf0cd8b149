// The strokes of pictures as text: lines, words, places on an axis. Knows no chart.
import { escaped } from "../html/markup.ts";

export const SMALL = 13; // px of letters, in the units of a picture
export const LETTER = 7; // their mean width

export const round = (value: number): number => Math.round(value * 10) / 10;

/** A range of values as a range of places. */
export function placeOn(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): (value: number) => number {
  const span = high - low || 1;
  return (value) => from + ((value - low) / span) * (to - from);
}

/** @param token of the page's colours */
export const lineAt = (x1: number, y1: number, x2: number, y2: number, token: string, width = 1): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="var(--${token})" stroke-width="${width}"/>`;

export const textAt = (
  x: number,
  y: number,
  text: string,
  anchor: "start" | "middle" | "end",
  token = "ink-soft",
): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="var(--${token})">${escaped(text)}</text>`;

/** The text, cut where it is longer than its room. */
export function fittedText(text: string, room: number): string {
  const letters = Array.from(text);
  const fit = Math.max(2, Math.floor(room / LETTER));
  return letters.length > fit
    ? `${letters
        .slice(0, fit - 1)
        .join("")
        .trimEnd()}…`
    : text;
}
