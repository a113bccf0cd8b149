// Segments a word by merging its characters pair by pair, in the order in which a BPE vocabulary learned the pairs. Never
// normalises or splits a text.
import type { Segment } from "./unigram.ts";

export interface BpeOptions {
  readonly ids: ReadonlyMap<string, number>;
  readonly merges: readonly (readonly [string, string])[]; // in the order of their ranks
  readonly unkId: number | undefined; // without one an unknown character is left out
  readonly fuseUnknown: boolean;
  readonly byteFallback: boolean;
  readonly wholeFirst: boolean; // a word of the vocabulary is that piece, whatever the merges say
  readonly prefix: string; // before every character but a word's first
  readonly suffix: string; // after a word's last
}

interface Merge {
  readonly rank: number;
  readonly id: number;
}
interface Candidate {
  readonly rank: number;
  readonly at: number; // place of the pair's left symbol
  readonly id: number; // of the merged piece
}

const utf8 = new TextEncoder();

/** The lowest rank first, of equal ones the leftmost (Sennrich 2016, in the published tokenizers' order). */
export function createBpe(options: BpeOptions): Segment {
  const { ids, unkId, fuseUnknown, byteFallback, wholeFirst, prefix, suffix } = options;
  const merges = new Map<string, Merge>();
  options.merges.forEach(([a, b], rank) => {
    const id = ids.get(a + b.slice(prefix.length));
    const [left, right] = [ids.get(a), ids.get(b)];
    if (id !== undefined && left !== undefined && right !== undefined)
      merges.set(`${left} ${right}`, { rank, id });
  });

  /** One symbol a character, before any merge. */
  const symbolsOf = (word: string): number[] => {
    const symbols: number[] = [];
    const chars = [...word];
    let unknown = false; // one is waiting to be put
    const put = () => {
      if (unknown) symbols.push(unkId!);
      unknown = false;
    };
    chars.forEach((char, i) => {
      const text = (i > 0 ? prefix : "") + char + (i === chars.length - 1 ? suffix : "");
      const id = ids.get(text);
      if (id !== undefined) {
        put();
        symbols.push(id);
        return;
      }
      if (byteFallback) {
        const bytes = Array.from(utf8.encode(text), (byte) => ids.get(byteName(byte)));
        if (bytes.every((one) => one !== undefined)) {
          symbols.push(...bytes);
          return;
        }
      }
      if (unkId === undefined) return;
      if (!fuseUnknown) put();
      unknown = true;
    });
    put();
    return symbols;
  };

  return (word, into) => {
    if (word === "") return;
    const whole = wholeFirst ? ids.get(word) : undefined;
    if (whole !== undefined) {
      into.push(whole);
      return;
    }
    const symbols = symbolsOf(word);
    mergeAll(symbols, (left, right) => merges.get(`${left} ${right}`));
    for (const symbol of symbols) if (symbol !== -1) into.push(symbol);
  };
}

export const byteName = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;

/** Merges in place; what was merged away becomes -1. O(n log n). */
function mergeAll(symbols: number[], mergeOf: (left: number, right: number) => Merge | undefined): void {
  const n = symbols.length;
  const next = Int32Array.from({ length: n }, (_, i) => (i + 1 < n ? i + 1 : -1));
  const previous = Int32Array.from({ length: n }, (_, i) => i - 1);
  const heap = createHeap();
  const offer = (at: number) => {
    if (at === -1 || next[at] === -1) return;
    const merge = mergeOf(symbols[at]!, symbols[next[at]!]!);
    if (merge) heap.push({ ...merge, at });
  };
  for (let at = 0; at < n; at++) offer(at);
  for (let top = heap.pop(); top; top = heap.pop()) {
    const { at, id } = top;
    if (symbols[at] === -1 || next[at] === -1) continue;
    const right = next[at]!;
    if (mergeOf(symbols[at]!, symbols[right]!)?.id !== id) continue; // an earlier merge took a half of it
    symbols[at] = id;
    symbols[right] = -1;
    next[at] = next[right]!;
    if (next[right] !== -1) previous[next[right]!] = at;
    offer(previous[at]!);
    offer(at);
  }
}

function createHeap() {
  const items: Candidate[] = [];
  const before = (a: Candidate, b: Candidate) => a.rank < b.rank || (a.rank === b.rank && a.at < b.at);
  return {
    push(item: Candidate) {
      let i = items.push(item) - 1;
      while (i > 0) {
        const parent = (i - 1) >> 1;
        if (!before(item, items[parent]!)) break;
        items[i] = items[parent]!;
        i = parent;
      }
      items[i] = item;
    },
    pop(): Candidate | undefined {
      const top = items[0];
      const last = items.pop();
      if (items.length === 0 || !last) return top;
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= items.length) break;
        if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child++;
        if (!before(items[child]!, last)) break;
        items[i] = items[child]!;
        i = child;
      }
      items[i] = last;
      return top;
    },
  };
}
