// Credits across a message border: the receiver grants how many items it can take, the sender stops at zero.

export interface Pump {
  /** Lets `n` more items through; n >= 0. */
  grant(n: number): void;
  /** Ends early: no item is sent after this, and the generator's `finally` runs. */
  stop(): void;
  /** Resolves after the last item or after stop; rejects with the generator's or the sender's error. */
  readonly done: Promise<void>;
}

/**
 * Pulls from `generator` only while there is credit: each item sent costs one.
 *
 * @param send hands one item over; a promise is awaited before the next item is pulled
 * @param initialCredits items that may go before the first grant
 */
export function pumpWithCredits<T>(
  generator: AsyncGenerator<T>,
  send: (item: T) => void | Promise<void>,
  initialCredits: number,
): Pump {
  let credits = checkCredits(initialCredits);
  let stopped = false;
  let wake: (() => void) | undefined;
  const run = async () => {
    try {
      for (;;) {
        while (credits === 0 && !stopped) await new Promise<void>((resolve) => (wake = resolve));
        if (stopped) return;
        const next = await generator.next();
        if (next.done || isStopped()) return;
        credits--;
        await send(next.value);
      }
    } finally {
      await generator.return(undefined);
    }
  };
  const isStopped = () => stopped; // `stopped` may change during an await, which the compiler does not see
  return {
    grant(n) {
      credits += checkCredits(n);
      wake?.();
    },
    stop() {
      stopped = true;
      wake?.();
    },
    done: run(),
  };
}

function checkCredits(n: number): number {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`credits must be an integer >= 0, got ${n}`);
  return n;
}
