// Invented tokenizer files of every kind the lab reads, and texts in many scripts, for holding the lab's pieces against the
// published library's. A file's parts are drawn from all their settings; its vocabulary from the texts.
import { readFileSync } from "node:fs";
import type { Random } from "../../core/random.ts";

/** About 60 texts in 40 scripts, with what trips tokenizers up: marks, joiners, wide letters, controls, odd spaces. */
export function manyTexts(): string[] {
  const file = new URL("../../training/text/inventedSentences.json", import.meta.url);
  const sentences = JSON.parse(readFileSync(file, "utf8")) as [name: string, text: string][];
  return [...sentences.filter(([name]) => name !== "specials").map(([, text]) => text), ...ODD];
}

const ODD = [
  "",
  " ",
  "  two  spaces ",
  "tab\tnew\nline\r\n end",
  "naïve café, déjà-vu! x² ½ №5",
  "it's 3.14% o'clock; we'll don't I'd THEY'RE",
  "ΟΔΟΣ Σίσυφος İstanbul ıssız ǅ ﬁne ß ẞ",
  "e\u0301 a\u0328\u0301 \u1e69 q\u0323\u0307 가각 ｶﾞ",
  "a\u200db\u200c می\u200cخواهم क्\u200dष",
  "zero\u200bwidth \ufeffmark \u00adsoft \u2028line \u0085next \u3000wide",
  "１２３ ٣٤ ४५ Ⅷ ① 1,000.5",
  "a_b c-d e–f—g… «h» “i” ‘j’ ¿k? ¡l! (m)[n]{o}",
  "$5 €6 ¥7 + = < > ~ ^ | ` @ # & *",
  "👩‍👩‍👧‍👦 🇩🇪 ❤️ ☕︎ 𝒳 𐐷 🏳️‍🌈",
  "中文english混合text日本語ｶﾀｶﾅ",
  "control \u0001\u0007\u007f\u009f end",
];

const pick = <T>(random: Random, items: readonly T[]): T => items[random.int(items.length)]!;
const flip = (random: Random, p = 0.5): boolean => random.next() < p;

const PATTERNS = [
  { String: " " },
  { String: "a" },
  { String: "--" },
  { String: "." },
  { Regex: "\\w+|[^\\w\\s]+" },
  { Regex: "\\s+" },
  { Regex: "[aeiou]" },
  { Regex: "\\p{L}+" },
  { Regex: "\\p{N}{1,3}" },
  { Regex: "[^\\p{L}\\p{N}]" },
  { Regex: "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+" },
  {
    Regex:
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  },
  { Regex: "\\d|[\\-_.]" },
  { Regex: "(?<=a)b|\\p{Han}" },
  { Regex: "^\\w|\\w$" },
  { Regex: "[[:space:]]+|[\\u4e00-\\u9fff]" },
  { Regex: "x*" },
];
const BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"] as const;

function anyNormalizer(random: Random, charsmaps: readonly string[]): object {
  switch (random.int(13)) {
    case 0:
      return {
        type: "BertNormalizer",
        clean_text: flip(random),
        handle_chinese_chars: flip(random),
        strip_accents: pick(random, [null, true, false]),
        lowercase: flip(random),
      };
    case 1:
      return { type: pick(random, ["NFC", "NFD", "NFKC", "NFKD"]) };
    case 2:
      return { type: "Lowercase" };
    case 3:
      return { type: "StripAccents" };
    case 4:
      return { type: "Strip", strip_left: flip(random), strip_right: flip(random) };
    case 5:
      return { type: "Prepend", prepend: pick(random, ["▁", "x", "  "]) };
    case 6:
      return {
        type: "Replace",
        pattern: pick(random, PATTERNS),
        content: pick(random, ["", " ", "▁", "zz", "$1"]),
      };
    case 7:
      return { type: "Nmt" };
    case 8:
    case 9:
      if (charsmaps.length > 0) return { type: "Precompiled", precompiled_charsmap: pick(random, charsmaps) };
      return { type: "NFKC" };
    case 10:
      return { type: "ByteLevel" };
    default:
      return {
        type: "Sequence",
        normalizers: Array.from({ length: 1 + random.int(3) }, () => anyNormalizer(random, charsmaps)),
      };
  }
}

function anyPreTokenizer(random: Random): object {
  switch (random.int(13)) {
    case 0:
      return { type: "Whitespace" };
    case 1:
      return { type: "WhitespaceSplit" };
    case 2:
      return { type: "BertPreTokenizer" };
    case 3:
      return { type: "Punctuation", behavior: pick(random, BEHAVIORS) };
    case 4:
      return { type: "Digits", individual_digits: flip(random) };
    case 5:
      return { type: "CharDelimiterSplit", delimiter: pick(random, [" ", "a", "▁", "日"]) };
    case 6:
    case 7:
      return {
        type: "Split",
        pattern: pick(random, PATTERNS),
        behavior: pick(random, BEHAVIORS),
        invert: flip(random, 0.3),
      };
    case 8:
      return {
        type: "ByteLevel",
        add_prefix_space: flip(random),
        trim_offsets: true,
        use_regex: flip(random),
      };
    case 9:
    case 10:
      return {
        type: "Metaspace",
        replacement: pick(random, ["▁", "▁", "_"]),
        prepend_scheme: pick(random, ["always", "first", "never"]),
        split: flip(random),
      };
    case 11:
      return { type: "FixedLength", length: 1 + random.int(4) };
    default:
      return {
        type: "Sequence",
        pretokenizers: Array.from({ length: 1 + random.int(3) }, () => anyPreTokenizer(random)),
      };
  }
}

const SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"];

/** Characters and short stretches of the texts, in the alphabet of bytes too. */
function anyPieces(random: Random, texts: readonly string[]): string[] {
  const pieces = new Set<string>();
  const byteAlphabet = flip(random, 0.4);
  for (const text of texts) {
    const chars = [...(flip(random, 0.3) ? text.toLowerCase() : text).replaceAll(" ", "▁")];
    for (let i = 0; i < 12 && chars.length > 0; i++) {
      const start = random.int(chars.length);
      const piece = chars.slice(start, start + 1 + random.int(5)).join("");
      pieces.add(piece);
      for (const char of piece) if (flip(random, 0.9)) pieces.add(char);
    }
  }
  if (byteAlphabet) {
    for (let byte = 0; byte < 256; byte++) {
      const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
      pieces.add(
        String.fromCodePoint(printable ? byte : 256 + (byte < 33 ? byte : byte < 127 ? 33 : byte - 94)),
      );
    }
  }
  for (const special of SPECIALS) pieces.delete(special);
  return [...pieces];
}

function anyModel(random: Random, pieces: readonly string[]): object {
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
  );
  const fallback = flip(random, 0.3);
  switch (random.int(3)) {
    case 0: {
      const vocab = [...SPECIALS, ...(fallback ? bytes : []), ...pieces];
      return {
        type: "Unigram",
        unk_id: 3,
        byte_fallback: fallback,
        vocab: vocab.map((piece, id) => [
          piece,
          id < 4 ? 0 : -1 - [...piece].length - random.int(1000) / 128,
        ]),
      };
    }
    case 1: {
      const prefix = pick(random, ["##", "##", "", "@@"]);
      const own = pieces.flatMap((piece) => (flip(random) ? [piece, prefix + piece] : [prefix + piece]));
      const vocab = [...new Set([...SPECIALS, ...own])];
      return {
        type: "WordPiece",
        unk_token: "<unk>",
        continuing_subword_prefix: prefix,
        max_input_chars_per_word: pick(random, [100, 100, 6]),
        vocab: Object.fromEntries(vocab.map((piece, id) => [piece, id])),
      };
    }
    default: {
      const suffix = flip(random, 0.2) ? "</w>" : "";
      const singles = [...new Set(pieces.flatMap((piece) => [...piece]))];
      const vocab = new Set([...SPECIALS, ...(fallback ? bytes : []), ...singles]);
      if (suffix !== "") for (const char of singles) vocab.add(char + suffix);
      const merges: [string, string][] = [];
      const parts = [...vocab].slice(SPECIALS.length);
      for (let i = 0; i < 300; i++) {
        const piece = [...pick(random, pieces)];
        if (piece.length < 2) continue;
        const cut = 1 + random.int(piece.length - 1);
        const pair: [string, string] = [piece.slice(0, cut).join(""), piece.slice(cut).join("")];
        if (!pair.every((part) => vocab.has(part))) continue;
        if (merges.some(([a, b]) => a === pair[0] && b === pair[1])) continue;
        merges.push(pair);
        vocab.add(pair.join(""));
        parts.push(pair.join(""));
      }
      return {
        type: "BPE",
        dropout: null,
        unk_token: flip(random, 0.8) ? "<unk>" : null,
        continuing_subword_prefix: null,
        end_of_word_suffix: suffix === "" ? null : suffix,
        fuse_unk: flip(random),
        byte_fallback: fallback,
        ignore_merges: flip(random, 0.3),
        vocab: Object.fromEntries([...vocab].map((piece, id) => [piece, id])),
        merges: flip(random) ? merges : merges.map((pair) => pair.join(" ")),
      };
    }
  }
}

function anyFrame(random: Random): object | null {
  switch (random.int(5)) {
    case 0:
      return { type: "BertProcessing", sep: ["</s>", 2], cls: ["<s>", 0] };
    case 1:
      return {
        type: "RobertaProcessing",
        sep: ["</s>", 2],
        cls: ["<s>", 0],
        trim_offsets: true,
        add_prefix_space: true,
      };
    case 2: {
      const one = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
      const single = [one("<s>"), { Sequence: { id: "A", type_id: 0 } }, one("</s>"), one("</s>")];
      const special = (id: string, ids: number[]) =>
        [id, { id, ids, tokens: ids.map((i) => SPECIALS[i]!) }] as const;
      return {
        type: "TemplateProcessing",
        single: single.slice(random.int(2), 3 + random.int(2)),
        pair: [{ Sequence: { id: "A", type_id: 0 } }, { Sequence: { id: "B", type_id: 1 } }],
        special_tokens: Object.fromEntries([
          special("<s>", [0]),
          special("</s>", flip(random) ? [2] : [2, 2]),
        ]),
      };
    }
    default:
      return null;
  }
}

/** @param charsmaps sentencepiece's maps as base64, to draw Precompiled from; none: it is not drawn */
export function anyTokenizer(random: Random, texts: readonly string[], charsmaps: readonly string[]): object {
  const special = { special: true, single_word: false, lstrip: false, rstrip: false, normalized: false };
  const added = flip(random, 0.4)
    ? ["[X]", "kg", "日本", "a b"].slice(0, 1 + random.int(4)).map((content, i) => ({
        id: 100_000 + i,
        content,
        single_word: false,
        lstrip: flip(random, 0.3),
        rstrip: flip(random, 0.3),
        normalized: flip(random),
        special: false,
      }))
    : [];
  const model = anyModel(random, anyPieces(random, texts)) as { vocab: object };
  const size = Array.isArray(model.vocab) ? model.vocab.length : Object.keys(model.vocab).length;
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [
      ...SPECIALS.map((content, id) => ({ id, content, ...special })),
      ...added.map((token, i) => ({ ...token, id: size + i })),
    ],
    normalizer: flip(random, 0.8) ? anyNormalizer(random, charsmaps) : null,
    pre_tokenizer: flip(random, 0.85) ? anyPreTokenizer(random) : null,
    post_processor: anyFrame(random),
    decoder: null,
    model,
  };
}
