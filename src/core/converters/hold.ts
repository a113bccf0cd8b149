// How much a conversion holds of what it reads, and the end of that: a worker out of memory ends without a sentence.
import { inMiB, MAX_HELD_BYTES } from "../formats/limits.ts";
import { DataError } from "../inputError.ts";

/** What a text takes in a converter's tables beside its letters: a million pairs of 225 letters were measured at 607 MiB. */
const ENTRY_BYTES = 200;

/** As engines keep strings: one byte a letter, two where one letter needs them. */
const WIDE = /[^\0-\xff]/;

/** @param text held from now on. @throws DataError once all of them together are too much */
export type Hold = (text: string, where: string) => void;

/** @param what is held, in the plural; @param advice what to do instead of giving as many */
export function createHold(what: string, advice: string): Hold {
  let held = 0;
  return (text, where) => {
    held += ENTRY_BYTES + text.length * (WIDE.test(text) ? 2 : 1);
    if (held <= MAX_HELD_BYTES) return;
    throw new DataError(
      `${where}: the ${what} up to here take more than the ${inMiB(MAX_HELD_BYTES)} of memory they may take; ${advice}`,
    );
  };
}
