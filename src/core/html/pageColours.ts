// The colours of pages saved as one file: those of the lab's page (theme.css), for programs that know no light-dark(). Sets none.
import { BATCH_KINDS, kindFacts } from "../spec/batchKind.ts";

/** Name of the token -> [on light paper, on dark]. */
export const PAGE_COLOURS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  paper: ["#f7f6f2", "#14161a"],
  card: ["#ffffff", "#1c1f25"],
  well: ["#efeee8", "#262a32"],
  line: ["#dcdad1", "#353a44"],
  ink: ["#1d1f24", "#eceae4"],
  "ink-soft": ["#5a5d66", "#a5a8b0"],
  accent: ["#1f5fbf", "#7fb0ff"],
  good: ["#1a7a4c", "#5fcf98"],
  bad: ["#b3261e", "#ff8f86"],
  ...Object.fromEntries(BATCH_KINDS.map((kind) => [`kind-${kind}`, kindFacts(kind).colour])),
  "series-1": ["#7b1302", "#df673a"],
  "series-2": ["#749b05", "#e6ea2a"],
  "series-3": ["#542c99", "#7c67e8"],
  "series-4": ["#440251", "#a96b9a"],
  "series-5": ["#696410", "#b5ba5e"],
  "series-6": ["#255b7b", "#0e91c8"],
  "series-7": ["#96787e", "#ebbbc8"],
  "series-8": ["#2695b7", "#93a3a6"],
  "series-9": ["#2d383b", "#73f7fd"],
};

const tokens = (side: 0 | 1) =>
  Object.entries(PAGE_COLOURS)
    .map(([name, colours]) => `--${name}:${colours[side]}`)
    .join(";");

/** Paper is light whatever the screen is. */
export const COLOUR_STYLE = `:root{${tokens(0)}}@media screen and (prefers-color-scheme:dark){:root{${tokens(1)}}}`;
