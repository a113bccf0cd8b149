// The shape of a computation by many random repetitions that can be done in parts, so that a page stays responsive.

export interface Resampling<R> {
  readonly done: number; // repetitions
  readonly total: number;
  /** Does up to `n` more. */
  advance(n: number): void;
  /** @throws Error before all are done */
  result(): R;
}

/** All at once: for the command line and for tests. */
export function finishResampling<R>(resampling: Resampling<R>): R {
  resampling.advance(resampling.total);
  return resampling.result();
}
