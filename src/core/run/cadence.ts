// How often a run keeps a snapshot of itself. No part of what is computed: not of the spec, its digest or its link.
import { SpecError } from "../inputError.ts";

/** Every so many training steps, or every so many seconds of a run. */
export type Cadence =
  | { readonly steps: number }
  | {
      readonly seconds: number;
      /** What snapshots may take of the run's time, 0–1; the seconds grow where they take more. Left out: all of it. */
      readonly share?: number;
    };

/** Where nobody said how often. */
export const AUTOMATIC: Cadence = { seconds: 30, share: 0.02 };

/** "50" is every 50 steps, "30s" every 30 seconds. @throws SpecError in one sentence, beginning with `where` */
export function parseCadence(text: string, where: string): Cadence {
  const [, digits = "", unit] = /^(\d{1,6})(s?)$/.exec(text.trim()) ?? [];
  const n = Number(digits);
  if (n < 1) {
    throw new SpecError(
      `${where} must be a number of steps, such as 50, or of seconds, such as 30s, got "${text}"`,
    );
  }
  return unit === "s" ? { seconds: n } : { steps: n };
}
