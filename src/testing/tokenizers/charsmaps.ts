// Normalisation maps of our own in sentencepiece's form (a double-array trie and the replacements), for tests.

interface Node {
  readonly children: Map<number, Node>;
  value?: number; // where its replacement begins
}

/** @returns base64, as a tokenizer file's `precompiled_charsmap` */
export function charsmap(rules: Readonly<Record<string, string>>): string {
  const utf8 = new TextEncoder();
  const root: Node = { children: new Map() };
  const texts: number[] = [];
  for (const [from, to] of Object.entries(rules)) {
    let node = root;
    for (const byte of utf8.encode(from)) {
      const next = node.children.get(byte) ?? { children: new Map<number, Node>() };
      node.children.set(byte, next);
      node = next;
    }
    node.value = texts.length;
    texts.push(...utf8.encode(to), 0);
  }

  const units = new Map<number, number>([[0, 0]]); // place -> unit
  const place = (node: Node, at: number, label: number): void => {
    const labels = [...node.children.keys(), ...(node.value === undefined ? [] : [0])];
    let offset = 1;
    while (labels.some((own) => units.has(at ^ offset ^ own))) offset++;
    units.set(at, (offset << 10) | (node.value === undefined ? 0 : 0x100) | label);
    for (const own of labels) units.set(at ^ offset ^ own, 0); // taken before any child looks for places
    if (node.value !== undefined) units.set(at ^ offset, (node.value | 0x80000000) >>> 0);
    for (const [own, child] of node.children) place(child, at ^ offset ^ own, own);
  };
  place(root, 0, 0);

  const size = 256 * Math.ceil((Math.max(...units.keys()) + 1) / 256); // a search may look at any byte of a block
  const bytes = new Uint8Array(4 + 4 * size + texts.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 4 * size, true);
  for (const [at, unit] of units) view.setUint32(4 + 4 * at, unit, true);
  bytes.set(texts, 4 + 4 * size);
  return btoa(String.fromCharCode(...bytes));
}

/** Rules that meet every turn of the search: sequences, prefixes of one another, deletions, growth, whole clusters. */
export const CHARSMAPS: readonly string[] = [
  charsmap({ ﬁ: "fi", "１": "1", "２": "2", "３": "3", "\t": " ", "\u3000": " ", "\u200b": "", "½": "1/2" }),
  charsmap({ "e\u0301": "é", e: "E", ｶﾞ: "ガ", ｶ: "カ", ß: "ss", Σ: "σ", ς: "σ", "\u00ad": "", が: "か゛" }),
  charsmap({ a: "b", ab: "x", 日: "day ", "❤\ufe0f": "<3", "👩": "w", क्: "k", "\u0301": "" }),
];
