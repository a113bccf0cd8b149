// What the loss does with one question of a batch: its answers' scores as shares of 1, and the pull that follows from them.

/** One question against all answers of its batch, in their order. */
export interface RowScores {
  readonly cosines: ArrayLike<number>; // (columns)
  readonly negatives: ArrayLike<number>; // (columns) 1 = a wrong answer for the question
  readonly first: number; // column of its first right answer
  readonly k: number; // right answers, side by side; a repetition counts as one more
  readonly temperature: number; // > 0
}

export interface RowPull {
  readonly loss: number; // nats
  /** (columns) in [0, 1]; of a right answer among itself and the wrong ones, of a wrong one the mean over the right ones. */
  readonly shares: Float64Array;
  /** (columns) gradient of the loss by the score, cosine / temperature: below 0 pulls closer, above 0 pushes away. Sums to 0. */
  readonly pulls: Float64Array;
}

/**
 * The row of the multi-positive InfoNCE that training takes (`training/kernels/contrastive.ts`), score by score: for one
 * right answer share p and pull p - 1, for a wrong one pull = share. With k right ones each meets the wrong ones alone:
 * its pull is (p - 1) / k. What is neither right nor wrong has share 0 and no pull, and so has a row without wrong answers.
 */
export function rowPull({ cosines, negatives, first, k, temperature }: RowScores): RowPull {
  const n = cosines.length;
  const shares = new Float64Array(n);
  const pulls = new Float64Array(n);
  let top = -Infinity;
  for (let j = 0; j < n; j++) if (negatives[j]) top = Math.max(top, cosines[j]! / temperature);
  if (top === -Infinity) return { loss: 0, shares, pulls };
  let sum = 0;
  for (let j = 0; j < n; j++) if (negatives[j]) sum += Math.exp(cosines[j]! / temperature - top);
  const logSum = top + Math.log(sum);
  let loss = 0;
  let push = 0; // what all right answers lack together
  for (let j = first; j < first + k; j++) {
    const gap = logSum - cosines[j]! / temperature;
    const lacks = 1 / (1 + Math.exp(-gap));
    loss += (Math.max(gap, 0) + Math.log1p(Math.exp(-Math.abs(gap)))) / k;
    shares[j] = 1 - lacks;
    pulls[j] = -lacks / k;
    push += lacks / k;
  }
  for (let j = 0; j < n; j++) {
    if (negatives[j]) shares[j] = pulls[j] = (push * Math.exp(cosines[j]! / temperature - top)) / sum;
  }
  return { loss, shares, pulls };
}
