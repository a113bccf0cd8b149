// Finds which pieces start at a position of a text. Holds ids only: no scores, no normalisation.

/**
 * A trie over UTF-16 units in flat arrays: an edge (node, unit) → child sits in an open-addressing hash table.
 * Node 0 is the root. Flat, because a quarter million pieces (XLM-R) make three times as many nodes.
 */
export class PieceTrie {
  readonly #mask: number;
  readonly #nodes: Int32Array; // (S) -1 = free slot
  readonly #units: Uint16Array; // (S)
  readonly #children: Int32Array; // (S)
  readonly #pieces: Int32Array; // (nodes) piece that ends at the node, -1 = none

  /** @param pieces text and id of each; a later text equal to an earlier one replaces it */
  constructor(pieces: readonly (readonly [string, number])[]) {
    const nUnits = boundNodes(pieces);
    const nSlots = 2 ** Math.ceil(Math.log2(nUnits * 2)); // at most half full
    this.#mask = nSlots - 1;
    this.#nodes = new Int32Array(nSlots).fill(-1);
    this.#units = new Uint16Array(nSlots);
    this.#children = new Int32Array(nSlots);
    this.#pieces = new Int32Array(nUnits).fill(-1);
    let nNodes = 1;
    for (const [text, id] of pieces) {
      let node = 0;
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        const slot = this.#find(node, unit);
        if (this.#nodes[slot] === -1) {
          this.#nodes[slot] = node;
          this.#units[slot] = unit;
          this.#children[slot] = nNodes++;
        }
        node = this.#children[slot]!;
      }
      this.#pieces[node] = id;
    }
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

/** A bound on the number of nodes: exact for few pieces, which may be long and begin alike. */
function boundNodes(pieces: readonly (readonly [string, number])[]): number {
  if (pieces.length > 10_000) return pieces.reduce((sum, [text]) => sum + text.length, 1);
  let nodes = 1;
  let last = "";
  for (const text of pieces.map(([own]) => own).sort()) {
    let shared = 0;
    while (shared < text.length && text.charCodeAt(shared) === last.charCodeAt(shared)) shared++;
    nodes += text.length - shared;
    last = text;
  }
  return nodes;
}
