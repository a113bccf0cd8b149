// Remembers the ids of words already segmented, in bounded memory. Knows nothing of how they are segmented.

const LONGEST = 24; // UTF-16 units: longer strings, whole sentences of Thai or Chinese, hardly ever recur
const FIRST_IDS = 2 ** 10;

/** Words and their ids, which lie end to end in one array: a list of its own for each word would be as much again. */
class Generation {
  readonly #places = new Map<string, number>(); // in `ids`, where a count stands before a word's ids
  #ids = new Int32Array(FIRST_IDS);
  #used = 0;

  get size(): number {
    return this.#places.size;
  }

  /** @returns whether the word is known, and its ids were added to `into` */
  recall(word: string, into: number[]): boolean {
    const at = this.#places.get(word);
    if (at === undefined) return false;
    for (let i = at + 1, end = i + this.#ids[at]!; i < end; i++) into.push(this.#ids[i]!);
    return true;
  }

  /** @param list ends with the word's ids, which begin at `from` */
  keep(word: string, list: readonly number[], from: number): void {
    const end = this.#used + 1 + list.length - from;
    if (end > this.#ids.length) {
      const longer = new Int32Array(2 * end);
      longer.set(this.#ids);
      this.#ids = longer;
    }
    this.#places.set(word, this.#used);
    this.#ids[this.#used++] = list.length - from;
    for (let i = from; i < list.length; i++) this.#ids[this.#used++] = list[i]!;
  }
}

/**
 * A cache in two generations: when the young one holds `capacity` words it becomes the old one, and words found in the
 * old one move up. So words in use stay, and at most 2 × capacity are held.
 *
 * @param segment called for a word not remembered; adds its ids, whatever stands before them
 */
export function createWordMemo(
  segment: (word: string, into: number[]) => void,
  capacity: number,
): (word: string, into: number[]) => void {
  let young = new Generation();
  let old = new Generation();
  return (word, into) => {
    if (word.length > LONGEST) return segment(word, into);
    if (young.recall(word, into)) return;
    const from = into.length;
    if (!old.recall(word, into)) segment(word, into);
    if (young.size >= capacity) [young, old] = [new Generation(), young];
    young.keep(word, into, from);
  };
}
