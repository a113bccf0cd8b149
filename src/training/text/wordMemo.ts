// Remembers the ids of words already segmented, in bounded memory. Knows nothing of how they are segmented.

const LONGEST = 24; // UTF-16 units: longer strings, whole sentences of Thai or Chinese, hardly ever recur

/**
 * A cache in two generations: when the young one holds `capacity` words it becomes the old one, and words found in the
 * old one move up. So words in use stay, and at most 2 × capacity are held.
 *
 * @param segment called for a word not remembered
 */
export function createWordMemo(
  segment: (word: string, into: number[]) => void,
  capacity: number,
): (word: string, into: number[]) => void {
  let young = new Map<string, readonly number[]>();
  let old = new Map<string, readonly number[]>();
  return (word, into) => {
    if (word.length > LONGEST) return segment(word, into);
    let ids = young.get(word);
    if (ids === undefined) {
      ids = old.get(word);
      if (ids === undefined) {
        const fresh: number[] = [];
        segment(word, fresh);
        ids = fresh;
      }
      if (young.size >= capacity) [young, old] = [new Map<string, readonly number[]>(), young];
      young.set(word, ids);
    }
    for (let i = 0; i < ids.length; i++) into.push(ids[i]!);
  };
}
