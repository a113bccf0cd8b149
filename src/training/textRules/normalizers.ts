// What is done to a text before it is split, as tokenizer files name it; each as the published tokenizers do it. A kind or a
// field that is not known is refused by name.
import {
  byteChars,
  isControl,
  isMark,
  isNonspacingMark,
  lowerCase,
  trimLeft,
  trimRight,
  without,
} from "./characters.ts";
import { orderLongRuns } from "./canonicalOrder.ts";
import { readPart, refuse, type PartReader } from "./fields.ts";
import { createPattern, takesOne } from "./pattern.ts";
import { applyCharMap, parseCharMap } from "./precompiled.ts";

export type Normalize = (text: string) => string;

const DEEPEST = 20;

/** @throws Error in one sentence: the place in the file, what would be right */
export function createNormalizer(value: object | null, path = "normalizer", depth = 0): Normalize {
  if (value === null) return (text) => text;
  if (depth > DEEPEST) refuse(path, `at most ${DEEPEST} sequences in one another`, "more");
  const part = readPart(value, path);
  const make = Object.hasOwn(KINDS, part.type) ? KINDS[part.type] : undefined;
  if (!make) return refuse(`${path}.type`, `one of ${Object.keys(KINDS).join(", ")}`, part.type);
  const normalize = make(part, depth);
  part.end();
  return normalize;
}

const KINDS: Readonly<Record<string, (part: PartReader, depth: number) => Normalize>> = {
  Sequence(part, depth) {
    const steps = part
      .list("normalizers")
      .map((one, i) => createNormalizer(one as object, `${part.path}.normalizers.${i}`, depth + 1));
    return (text) =>
      steps.reduce((sofar, step) => {
        const next = step(sofar);
        checkLength(next.length, part.path);
        return next;
      }, text);
  },
  NFC: () => (text) => orderLongRuns(text).normalize("NFC"),
  NFD: () => (text) => orderLongRuns(text).normalize("NFD"),
  NFKC: () => (text) => orderLongRuns(text).normalize("NFKC"),
  NFKD: () => (text) => orderLongRuns(text).normalize("NFKD"),
  Lowercase: () => lowerCase,
  StripAccents: () => (text) => without(text, isMark),
  Strip(part) {
    const [left, right] = [part.flag("strip_left"), part.flag("strip_right")];
    return (text) => {
      const start = left ? trimLeft(text) : text;
      return right ? trimRight(start) : start;
    };
  },
  Prepend(part) {
    const before = part.text("prepend");
    return (text) => (text === "" ? "" : before + text);
  },
  Replace(part) {
    const pattern = part.pattern("pattern");
    const content = part.text("content");
    if ("exact" in pattern) {
      if (pattern.exact === "") refuse(`${part.path}.pattern`, "a text to replace", "");
      return (text) => {
        const parts = text.split(pattern.exact);
        checkLength(text.length + (parts.length - 1) * content.length, part.path);
        return parts.join(content);
      };
    }
    const findAll = patternAt(part.path, pattern.expression);
    return (text) => {
      const found = text === "" ? [] : findAll(text);
      if (found.length === 0) return text;
      checkLength(text.length + found.length * content.length, part.path);
      let out = "";
      let last = 0;
      for (const [start, end] of found) {
        out += text.slice(last, start) + content;
        last = end;
      }
      return out + text.slice(last);
    };
  },
  Precompiled(part) {
    const base64 = part.text("precompiled_charsmap");
    try {
      return applyCharMap(parseCharMap(base64));
    } catch (error) {
      throw new Error(`tokenizer.json: ${part.path}: ${(error as Error).message}`, { cause: error });
    }
  },
  ByteLevel: () => byteChars,
  Nmt: () => (text) => text.replace(NMT_DROPPED, "").replace(NMT_BLANK, " "),
  BertNormalizer(part) {
    const [clean, chinese] = [part.flag("clean_text", true), part.flag("handle_chinese_chars", true)];
    const lower = part.flag("lowercase", true);
    const strip = part.has("strip_accents") ? part.flag("strip_accents") : lower;
    part.ignore("strip_accents");
    return (text) => {
      let out = clean ? cleanText(text) : text;
      if (chinese) out = out.replace(CHINESE, " $& ");
      if (strip) out = without(orderLongRuns(out).normalize("NFD"), isNonspacingMark);
      return lower ? lowerCase(out) : out;
    };
  },
};

/** Whether a normalizer that was created may replace several characters at once: what then stands first came of the last. */
export function replacesStretches(value: object | null): boolean {
  const { type, normalizers, pattern } = (value ?? {}) as {
    type?: string;
    normalizers?: readonly object[];
    pattern?: { readonly String?: string; readonly Regex?: string };
  };
  if (type === "Sequence") return normalizers!.some(replacesStretches);
  if (type !== "Replace") return false;
  return pattern?.String === undefined ? !takesOne(pattern!.Regex!) : [...pattern.String].length > 1;
}

/** Steps that each make a text longer can make any memory too small. */
const LONGEST_TEXT = 2 ** 24;

function checkLength(length: number, path: string): void {
  if (length > LONGEST_TEXT)
    throw new Error(`tokenizer.json: ${path}: makes a text of more than ${LONGEST_TEXT} characters`);
}

/** @throws Error with the place in the file */
export function patternAt(path: string, expression: string): ReturnType<typeof createPattern> {
  try {
    return createPattern(expression);
  } catch (error) {
    throw new Error(`tokenizer.json: ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** sentencepiece's nmt rules: control characters go, odd spaces and invisible marks become a space. */
const NMT_DROPPED = /[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]/g;
const NMT_BLANK = /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/g;

/** BERT's: controls go, every white space that is left becomes a space. */
const cleanText = (text: string): string => without(text, isControl).replace(/\p{White_Space}/gu, " ");

/** The ideographs that BERT sets apart. */
const CHINESE =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
