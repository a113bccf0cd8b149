// Finds which pieces start at a position of a text. Holds ids only: no scores, no normalisation.

/**
 * A trie over UTF-16 units in flat arrays: an edge (node, unit) → child sits in an open-addressing hash table.
 * Node 0 is the root. Flat, because a quarter million pieces (XLM-R) make three times as many nodes. The arrays grow with the
 * nodes, not with the pieces' lengths: many long pieces may begin alike.
 */
export class PieceTrie {
  #nNodes = 1;
  #mask = 2 ** 10 - 1;
  #nodes = new Int32Array(2 ** 10).fill(-1); // (S) -1 = free slot
  #units = new Uint16Array(2 ** 10); // (S)
  #children = new Int32Array(2 ** 10); // (S)
  #pieces = new Int32Array(2 ** 9).fill(-1); // (S / 2) piece that ends at the node, -1 = none

  /** @param pieces text and id of each; a later text equal to an earlier one replaces it */
  constructor(pieces: Iterable<readonly [string, number]>) {
    for (const [text, id] of pieces) {
      let node = 0;
      for (let i = 0; i < text.length; i++) node = this.#child(node, text.charCodeAt(i));
      this.#pieces[node] = id;
    }
  }

  /** The child of `node` along `unit`, made where there is none. */
  #child(node: number, unit: number): number {
    const slot = this.#find(node, unit);
    if (this.#nodes[slot] !== -1) return this.#children[slot]!;
    const child = this.#nNodes++;
    this.#put(slot, node, unit, child);
    if (this.#nNodes === this.#pieces.length) this.#grow();
    return child;
  }

  #put(slot: number, node: number, unit: number, child: number): void {
    this.#nodes[slot] = node;
    this.#units[slot] = unit;
    this.#children[slot] = child;
  }

  /** Twice the room: at most half of the slots are taken. */
  #grow(): void {
    const [nodes, units, children, pieces] = [this.#nodes, this.#units, this.#children, this.#pieces];
    const size = 2 * nodes.length;
    this.#mask = size - 1;
    this.#nodes = new Int32Array(size).fill(-1);
    this.#units = new Uint16Array(size);
    this.#children = new Int32Array(size);
    this.#pieces = new Int32Array(size / 2).fill(-1);
    this.#pieces.set(pieces);
    nodes.forEach((node, i) => {
      if (node !== -1) this.#put(this.#find(node, units[i]!), node, units[i]!, children[i]!);
    });
  }

  /** The child of `node` along `unit`, or -1. */
  step(node: number, unit: number): number {
    const slot = this.#find(node, unit);
    return this.#nodes[slot] === -1 ? -1 : this.#children[slot]!;
  }

  /** The piece that ends at `node`, or -1. */
  pieceAt(node: number): number {
    return this.#pieces[node]!;
  }

  /** The slot of an edge, or the free slot where it would go. */
  #find(node: number, unit: number): number {
    let hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & this.#mask;
    while (this.#nodes[slot] !== -1 && (this.#nodes[slot] !== node || this.#units[slot] !== unit))
      slot = (slot + 1) & this.#mask;
    return slot;
  }
}
