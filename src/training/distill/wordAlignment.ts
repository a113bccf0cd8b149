// Which English pieces stand for which pieces of a language, by counting over sentence pairs. Pure arithmetic.
// IBM model 1 by EM (Brown et al. 1993, section 4.1), in both directions, joined by their geometric mean.

/** One sentence and its translation: distinct piece ids of each. */
export interface SentencePair {
  readonly source: Int32Array;
  readonly target: Int32Array;
}

/** Expected number of sentences in which `source[i]` and `target[i]` translate each other. */
export interface Alignment {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly counts: Float64Array;
}

/** @param minCount pairs expected less often than this are dropped */
export function alignPieces(
  pairs: readonly SentencePair[],
  { iterations, minCount }: { readonly iterations: number; readonly minCount: number },
): Alignment {
  const cells = findCells(pairs);
  const there = expectedCounts(pairs, cells, iterations, false);
  const back = expectedCounts(pairs, cells, iterations, true);
  const joined = there.map((count, cell) => Math.sqrt(count * back[cell]!));
  const kept = Array.from(joined.keys()).filter((cell) => joined[cell]! > minCount);
  return {
    source: Int32Array.from(kept, (cell) => cells.source[cell]!),
    target: Int32Array.from(kept, (cell) => cells.target[cell]!),
    counts: Float64Array.from(kept, (cell) => joined[cell]!),
  };
}

/** The combinations of pieces that occur, numbered as they are met. */
interface Cells {
  readonly source: readonly number[];
  readonly target: readonly number[];
  /** Cell of each place, laid out by pair, then target piece, then source piece. */
  readonly ofPlace: Uint32Array;
}

function findCells(pairs: readonly SentencePair[]): Cells {
  const places = pairs.reduce((sum, pair) => sum + pair.source.length * pair.target.length, 0);
  const ofPlace = new Uint32Array(places);
  const source: number[] = [];
  const target: number[] = [];
  // Open addressing, at most half full: the cells of one language are millions, too many for a Map.
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * places)));
  const table = new Int32Array(slots).fill(-1);
  let at = 0;
  for (const pair of pairs) {
    for (const t of pair.target) {
      for (const s of pair.source) {
        let slot = (Math.imul(s, 0x9e3779b1) ^ Math.imul(t, 0x85ebca6b)) & (slots - 1);
        let cell = table[slot]!;
        while (cell >= 0 && (source[cell] !== s || target[cell] !== t)) {
          slot = (slot + 1) & (slots - 1);
          cell = table[slot]!;
        }
        if (cell < 0) {
          cell = source.push(s) - 1;
          target.push(t);
          table[slot] = cell;
        }
        ofPlace[at++] = cell;
      }
    }
  }
  return { source, target, ofPlace };
}

/**
 * Expected count of each cell after `iterations` rounds of EM: each target piece of a pair comes from one of the pair's
 * source pieces or from nothing, with probability in proportion to t(target | source), which starts equal for all.
 *
 * @param turned source and target change places
 */
function expectedCounts(
  pairs: readonly SentencePair[],
  { source, target, ofPlace }: Cells,
  iterations: number,
  turned: boolean,
): Float64Array {
  const from = Int32Array.from(turned ? target : source);
  const to = Int32Array.from(turned ? source : target);
  const largest = from.reduce((a, b) => Math.max(a, b), 0);
  const largestTo = to.reduce((a, b) => Math.max(a, b), 0);
  const t = new Float64Array(from.length).fill(1);
  const counts = new Float64Array(from.length);
  const tNothing = new Float64Array(largestTo + 1).fill(1); // t(to | nothing)
  const nothing = new Float64Array(largestTo + 1);
  const totals = new Float64Array(largest + 1);
  for (let round = 0; round < iterations; round++) {
    counts.fill(0);
    nothing.fill(0);
    let base = 0;
    for (const pair of pairs) {
      const [nSource, nTarget] = [pair.source.length, pair.target.length];
      const made = turned ? pair.source : pair.target;
      const nFrom = turned ? nTarget : nSource;
      const [step, stride] = turned ? [1, nSource] : [nSource, 1]; // between pieces made, between pieces they come from
      for (let j = 0; j < made.length; j++) {
        const first = base + j * step;
        let sum = tNothing[made[j]!]!;
        for (let i = 0; i < nFrom; i++) sum += t[ofPlace[first + i * stride]!]!;
        for (let i = 0; i < nFrom; i++) {
          const cell = ofPlace[first + i * stride]!;
          counts[cell]! += t[cell]! / sum;
        }
        nothing[made[j]!]! += tNothing[made[j]!]! / sum;
      }
      base += nSource * nTarget;
    }
    totals.fill(0);
    for (let cell = 0; cell < from.length; cell++) totals[from[cell]!]! += counts[cell]!;
    for (let cell = 0; cell < from.length; cell++) t[cell] = counts[cell]! / totals[from[cell]!]!;
    const all = nothing.reduce((a, b) => a + b, 0);
    nothing.forEach((count, piece) => (tNothing[piece] = all > 0 ? count / all : 0));
  }
  return counts;
}
