// Signs of life out of a computation that lets no message in. Decides when one is due; where it goes is the entry's.

/** Multiplications in a second, of a slow machine with other work to do. */
const SLOW = 1e8;
/** What a letter of a tokenizer.json counts when a tokenizer is made of it: that of XLM-R, 10 million, takes a second or two. */
const OF_A_LETTER = 200;
/** Signs of life are this far apart where nothing changes. */
const EVERY_MS = 500;

let send: ((spareSeconds: number) => void) | undefined;
let clock: () => number = () => 0;
let lastMs = -Infinity;
let lastSpare = 0;

/** From now on kernels give signs of life to `next`; `undefined` ends that. */
export function sendPulsesTo(
  next: ((spareSeconds: number) => void) | undefined,
  nowMs: () => number = () => performance.now(),
): void {
  [send, clock, lastMs, lastSpare] = [next, nowMs, -Infinity, 0];
}

/** Before work of so many multiplications: while it lasts, nothing is heard. */
export function pulse(multiplications = 0): void {
  if (!send) return;
  const seconds = multiplications / SLOW;
  const spare = seconds < 1 ? 0 : 2 ** Math.ceil(Math.log2(seconds)); // few different ones: each change is told
  const nowMs = clock();
  if (spare === lastSpare && nowMs - lastMs < EVERY_MS) return;
  [lastMs, lastSpare] = [nowMs, spare];
  send(spare);
}

/** Before a tokenizer is made of a file of so many letters. */
export const pulseBeforeTokenizer = (letters: number): void => pulse(OF_A_LETTER * letters);
