// Frames that a page draws within some seconds, and how late they come. Drives nothing.
import type { Page } from "@playwright/test";

export const COUNTED_SECONDS = 8;

export interface Frames {
  readonly perSecond: number;
  readonly late: number; // share of frames that came more than 16.7 ms (and half a millisecond) after the last
  readonly worstMs: number;
}

/** Run in the page; as text, since the loader that runs the bench adds calls of its own to named functions. */
const COUNTER = `new Promise((resolve) => {
  const gaps = [];
  const start = performance.now();
  let last = start;
  const onFrame = (now) => {
    gaps.push(now - last);
    last = now;
    if (now - start < ${COUNTED_SECONDS * 1000}) return void requestAnimationFrame(onFrame);
    const late = gaps.filter((gap) => gap > 17.2).length / gaps.length;
    resolve({ perSecond: (1000 * gaps.length) / (now - start), late, worstMs: Math.max(...gaps) });
  };
  requestAnimationFrame(onFrame);
})`;

export const countFrames = (tab: Page): Promise<Frames> => tab.evaluate<Frames>(COUNTER);

/** "59.8 frames/s, 3 % of them late, the worst 50 ms" */
export const framesText = ({ perSecond, late, worstMs }: Frames): string =>
  `${perSecond.toFixed(1)} frames/s, ${Math.round(100 * late)} % of them late, the worst ${worstMs.toFixed(0)} ms`;
