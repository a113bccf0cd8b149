// Numbers for concept names and other names that are never shown again, so that a corpus holds four bytes for each and
// no string.
import { hash32 } from "../random.ts";

export interface ConceptNumbers {
  /** The number of a name; a new name gets the next one. */
  numberOf(name: string): number;
  readonly size: number;
  /** Puts numbers given so far, in place, into their final order. Call once, after the last `numberOf`. */
  settle(numbers: readonly Int32Array[]): void;
}

/** Up to here names are held and sorted: seeded samples of concepts start from this order. */
export const SORTED_CONCEPTS = 2 ** 18;

/**
 * @param expected distinct names (the manifest's count). Up to SORTED_CONCEPTS, numbers follow the sorted names;
 *   above, the order of appearance in the manifest's shards, and names are told apart by 64 bits of hash: at
 *   2 million names two would be taken for one with probability 1e-7. Either way the numbers are a function of the
 *   dataset and its chosen languages alone.
 */
export function createConceptNumbers(expected: number): ConceptNumbers {
  return expected > SORTED_CONCEPTS ? createHashedNumbers() : createSorted();
}

function createSorted(): ConceptNumbers {
  const numbers = new Map<string, number>();
  return {
    numberOf(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, numbers.size);
      return numbers.size - 1;
    },
    get size() {
      return numbers.size;
    },
    settle(columns) {
      const final = new Int32Array(numbers.size);
      [...numbers.keys()].sort().forEach((name, place) => (final[numbers.get(name)!] = place));
      for (const column of columns) for (let i = 0; i < column.length; i++) column[i] = final[column[i]!]!;
    },
  };
}

/** An open-addressed table of 12 bytes a slot, one to two thirds full: 18 to 36 bytes a name, however long it is. */
export function createHashedNumbers(): ConceptNumbers {
  let slots = 2 ** 16;
  let table = new Int32Array(3 * slots); // hash, hash, number + 1; 0 = free
  let size = 0;
  const find = (high: number, low: number): number => {
    for (let slot = (high >>> 0) % slots; ; slot = (slot + 1) % slots) {
      const at = 3 * slot;
      if (table[at + 2] === 0 || (table[at] === high && table[at + 1] === low)) return at;
    }
  };
  const grow = () => {
    const old = table;
    slots *= 2;
    table = new Int32Array(3 * slots);
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] !== 0) table.set(old.subarray(at, at + 3), find(old[at]!, old[at + 1]!));
    }
  };
  return {
    numberOf(name) {
      const high = hash32(name, 0x811c9dc5);
      const low = hash32(name, 0x9e3779b9);
      let at = find(high, low);
      if (table[at + 2] !== 0) return table[at + 2]! - 1;
      if (3 * (size + 1) > 2 * slots) {
        grow();
        at = find(high, low);
      }
      table[at] = high;
      table[at + 1] = low;
      table[at + 2] = ++size;
      return size - 1;
    },
    get size() {
      return size;
    },
    settle: () => undefined,
  };
}
