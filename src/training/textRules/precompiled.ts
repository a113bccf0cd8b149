// SentencePiece's normalisation map as tokenizer files carry it: a double-array trie from character sequences to replacements.

/** A character or a sequence of them -> its replacement; undefined where it stays as it is. */
export type CharMap = (text: string) => string | undefined;

const LONGEST_REPLACEMENT = 1024; // bytes; the longest that Unicode knows has 33
const utf8 = new TextEncoder();
const utf8Text = new TextDecoder("utf-8", { fatal: true });

// A unit of the array (darts-clone): a leaf's mark, a label, the offset to its children, or a value.
const hasLeaf = (unit: number): boolean => ((unit >>> 8) & 1) === 1;
const valueOf = (unit: number): number => unit & 0x7fffffff;
const labelOf = (unit: number): number => (unit & 0x800000ff) >>> 0;
const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);

/**
 * @param base64 size of the trie in bytes (4, little-endian), the trie, and the replacements, each ended by a zero byte
 * @throws Error in one sentence if it is damaged
 */
export function parseCharMap(base64: string): CharMap {
  let bytes: Uint8Array;
  try {
    const chars = atob(base64);
    bytes = new Uint8Array(chars.length);
    for (let i = 0; i < chars.length; i++) bytes[i] = chars.charCodeAt(i);
  } catch {
    throw new Error("its precompiled_charsmap is not base64");
  }
  const view = new DataView(bytes.buffer);
  const size = bytes.length >= 4 ? view.getUint32(0, true) : 0;
  if (size === 0 || size % 4 !== 0 || 4 + size > bytes.length)
    throw new Error("its precompiled_charsmap claims more than it holds");
  const units = new Uint32Array(size / 4);
  for (let i = 0; i < units.length; i++) units[i] = view.getUint32(4 + 4 * i, true);
  const texts = bytes.subarray(4 + size);

  return (text) => {
    let at = offsetOf(units[0]!);
    for (const byte of utf8.encode(text)) {
      if (byte === 0) return undefined;
      at ^= byte;
      const unit = units[at];
      if (unit === undefined || labelOf(unit) !== byte) return undefined;
      at ^= offsetOf(unit);
      if (!hasLeaf(unit)) continue;
      // The shortest sequence that has a replacement decides, as in the published tokenizers.
      const start = valueOf(units[at] ?? 0);
      const end = texts.subarray(0, start + LONGEST_REPLACEMENT).indexOf(0, start);
      if (end === -1) throw new Error("its precompiled_charsmap holds a replacement without end");
      try {
        return utf8Text.decode(texts.subarray(start, end));
      } catch {
        throw new Error("its precompiled_charsmap holds bytes that are no text");
      }
    }
    return undefined;
  };
}

/**
 * Texts of these characters alone, each of which is a cluster beside any other of them: letters, digits and marks of Latin, Greek, Cyrillic,
 * Armenian, Hebrew and Arabic script, kana, ideographs and whole syllables of Hangul. No combining mark, no joiner, no jamo.
 */
export const PLAIN =
  /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u05d0-\u05ea\u060c\u061b\u061f-\u064a\u0660-\u066f\u0671-\u06d3\u1e00-\u1eff\u2010-\u2027\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3]*$/;
const LONGEST_CLUSTER = 6; // bytes: from here on a cluster is mapped character by character

const WINDOW = 512;
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * Grapheme clusters in order. By windows, as the engine's own iteration takes time by the square of the text: whether a cluster
 * ends hangs on what is in it and on the next character only, so all but a window's last are whole.
 */
export function* clustersOf(text: string): Generator<string> {
  let size = WINDOW;
  for (let at = 0; at < text.length;) {
    let last: string | undefined;
    let told = at;
    const end = at + size + (isHighHalf(text.charCodeAt(at + size - 1)) ? 1 : 0);
    for (const { segment } of segmenter.segment(text.slice(at, end))) {
      if (last !== undefined) {
        yield last;
        told += last.length;
      }
      last = segment;
    }
    if (end >= text.length && last !== undefined) {
      yield last;
      return;
    }
    size = told === at ? 2 * size : WINDOW; // a cluster longer than the window
    at = told;
  }
}

const isHighHalf = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00; // of a character

/** Each grapheme cluster by the map, or else each of its characters. */
export function applyCharMap(map: CharMap): (text: string) => string {
  const known = new Map<string, string>();
  const clusterText = (cluster: string): string => {
    const whole = utf8.encode(cluster).length < LONGEST_CLUSTER ? map(cluster) : undefined;
    if (whole !== undefined) return whole;
    let out = "";
    for (const char of cluster) out += map(char) ?? char;
    return out;
  };
  const mappedOf = (cluster: string): string => {
    let mapped = known.get(cluster);
    if (mapped === undefined) {
      mapped = clusterText(cluster);
      if (known.size < 65_536 && cluster.length <= 32) known.set(cluster, mapped);
    }
    return mapped;
  };
  /** By UTF-16 unit: whether a plain character stays as it is. */
  const stays = new Uint8Array(0x10000); // 0 = not asked yet, 1 = it does, 2 = it does not
  const allStay = (text: string): boolean => {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      stays[unit] ||= mappedOf(text[i]!) === text[i] ? 1 : 2;
      if (stays[unit] === 2) return false;
    }
    return true;
  };
  return (text) => {
    const plain = PLAIN.test(text);
    if (plain && allStay(text)) return text; // most are, and nothing is made for them
    let out = "";
    for (const cluster of plain ? text : clustersOf(text)) out += mappedOf(cluster);
    return out;
  };
}
