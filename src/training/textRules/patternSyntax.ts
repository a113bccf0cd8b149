// Regular expressions as tokenizer files write them (Oniguruma's syntax), parsed into a tree. What is not understood in full
// is refused by name. Matches nothing.

/** A set of characters as a class of JavaScript's `v` syntax: "[\\p{L}]", "[^[a][b]]". */
export type CharSet = string;

export type PatternNode =
  | { readonly type: "char"; readonly set: CharSet }
  | { readonly type: "all"; readonly parts: readonly PatternNode[] }
  | { readonly type: "any"; readonly parts: readonly PatternNode[] } // the first that leads to a match
  | {
      readonly type: "repeat";
      readonly part: PatternNode;
      readonly min: number;
      readonly max: number; // Infinity for no bound
      readonly lazy: boolean;
    }
  /** Of the one character beside the place; `missing` = the answer at an end of the text. */
  | { readonly type: "look"; readonly ahead: boolean; readonly set: CharSet; readonly missing: boolean };

const LARGEST_REPEAT = 1000;
const DEEPEST = 100;
const LONGEST_FOLDED_RANGE = 0x400;

const not = (set: CharSet): CharSet => `[^${set}]`;
const union = (sets: readonly CharSet[]): CharSet => (sets.length === 1 ? sets[0]! : `[${sets.join("")}]`);
const unit = (char: string): string => `\\u{${char.codePointAt(0)!.toString(16)}}`;
const NOTHING = "[]";
const NEWLINE = "[\\n]";

const CLASSES: Readonly<Record<string, CharSet>> = {
  w: "[\\p{L}\\p{M}\\p{N}\\p{Pc}]",
  d: "[\\p{Nd}]",
  s: "[\\p{White_Space}]",
  h: "[0-9A-Fa-f]",
};
const POSIX: Readonly<Record<string, CharSet>> = {
  alpha: "[\\p{Alphabetic}]",
  digit: "[\\p{Nd}]",
  space: "[\\p{White_Space}]",
  upper: "[\\p{Uppercase}]",
  lower: "[\\p{Lowercase}]",
};
const CONTROLS: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  f: "\f",
  v: "\v",
  a: "\x07",
  e: "\x1b",
};

/** Letters that no case mapping of one character leads to. */
const FOLDS: Readonly<Record<string, string>> = { s: "\u017f", k: "\u212a" };

/** One character; with `fold` also its other cases. */
function literal(char: string, fold: boolean): CharSet {
  if (!fold) return `[${unit(char)}]`;
  const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
  const cases = [char, lower, upper, FOLDS[lower] ?? ""].filter((one) => [...one].length === 1);
  return `[${[...new Set(cases)].map(unit).join("")}]`;
}

/** @throws Error in one sentence that names what is not understood */
export function parsePattern(source: string): PatternNode {
  const chars = [...source];
  let at = 0;
  let depth = 0;

  const odd = (what: string): never => {
    throw new Error(
      `the regular expression ${JSON.stringify(source.slice(0, 60))} uses ${what}, which the lab does not read`,
    );
  };
  const take = (text: string): boolean => {
    const wanted = [...text];
    if (wanted.some((char, i) => chars[at + i] !== char)) return false;
    at += wanted.length;
    return true;
  };

  function alternatives(fold: boolean): PatternNode {
    if (++depth > DEEPEST) odd(`groups nested deeper than ${DEEPEST}`);
    let folded = fold;
    const parts: PatternNode[] = [];
    let sequence: PatternNode[] = [];
    while (at < chars.length && chars[at] !== ")") {
      if (take("|")) {
        parts.push({ type: "all", parts: sequence });
        sequence = [];
      } else if (take("(?i)")) folded = true;
      else sequence.push(repeated(atom(folded)));
    }
    parts.push({ type: "all", parts: sequence });
    depth--;
    return parts.length === 1 ? parts[0]! : { type: "any", parts };
  }

  function group(fold: boolean): PatternNode {
    const inner = alternatives(fold);
    if (!take(")")) odd('a "(" that is never closed');
    return inner;
  }

  function atom(fold: boolean): PatternNode {
    if (take("(?:")) return group(fold);
    if (take("(?i:")) return group(true);
    if (take("(?=")) return look(group(fold), true, false);
    if (take("(?!")) return look(group(fold), true, true);
    if (take("(?<=")) return look(group(fold), false, false);
    if (take("(?<!")) return look(group(fold), false, true);
    if (take("(?")) odd(`the group "(?${chars[at] ?? ""}"`);
    if (take("(")) return group(fold);
    const char = chars[at++]!;
    if ("*+?".includes(char) || (char === "{" && bounds())) odd(`"${char}" after nothing`);
    if (char === ".") return { type: "char", set: not(NEWLINE) };
    if (char === "^") return { type: "look", ahead: false, set: NEWLINE, missing: true };
    if (char === "$") return { type: "look", ahead: true, set: NEWLINE, missing: true };
    if (char === "[") return { type: "char", set: charClass(fold) };
    if (char === "\\") {
      if (take("A")) return { type: "look", ahead: false, set: NOTHING, missing: true };
      if (take("z")) return { type: "look", ahead: true, set: NOTHING, missing: true };
      return { type: "char", set: escaped(fold).set };
    }
    return { type: "char", set: literal(char, fold) };
  }

  /** Only of one character: more would need a second search at every place. */
  function look(inner: PatternNode, ahead: boolean, negative: boolean): PatternNode {
    const one = single(inner);
    if (!one) return odd("a look-around of more than one character");
    return { type: "look", ahead, set: negative ? not(one) : one, missing: negative };
  }

  function single(node: PatternNode): CharSet | undefined {
    if (node.type === "char") return node.set;
    if (node.type === "all" && node.parts.length === 1) return single(node.parts[0]!);
    if (node.type !== "any") return undefined;
    const sets = node.parts.map(single);
    return sets.every((set) => set !== undefined) ? union(sets) : undefined;
  }

  /** "{2,5}", "{2,}", "{,5}", "{2}"; undefined where a brace is only a brace, which then stays. */
  function bounds(): { min: number; max: number } | undefined {
    const found = /^(\d*)(,?)(\d*)\}/.exec(chars.slice(at, at + 12).join(""));
    if (!found || (found[1] === "" && found[3] === "")) return undefined;
    const min = Number(found[1] || 0);
    const max = found[2] === "" ? min : found[3] === "" ? Infinity : Number(found[3]);
    if (max < min) odd("a repetition whose bounds are the wrong way round");
    if (min > LARGEST_REPEAT || (max !== Infinity && max > LARGEST_REPEAT))
      odd(`more than ${LARGEST_REPEAT} repetitions`);
    at += found[0].length;
    return { min, max };
  }

  function repeated(part: PatternNode): PatternNode {
    let node = part;
    for (;;) {
      let range: { min: number; max: number } | undefined;
      let braces = false;
      if (take("*")) range = { min: 0, max: Infinity };
      else if (take("+")) range = { min: 1, max: Infinity };
      else if (take("?")) range = { min: 0, max: 1 };
      else if (take("{")) {
        range = bounds();
        braces = true;
        if (!range) at--;
      }
      if (!range) return node;
      if (node.type === "look") odd("a repeated look-around");
      if (!braces && take("+")) odd('a possessive repetition such as "++"');
      node = { type: "repeat", part: node, ...range, lazy: take("?") };
    }
  }

  /** After a backslash. `char` where it stands for one character, so that a range may begin or end there. */
  function escaped(fold: boolean): { set: CharSet; char?: string } {
    const char = chars[at++];
    if (char === undefined) return odd("a backslash at the end");
    const lower = char.toLowerCase();
    if (Object.hasOwn(CLASSES, lower))
      return { set: char === lower ? CLASSES[lower]! : not(CLASSES[lower]!) };
    if (lower === "p") return { set: property(char === "P") };
    if (Object.hasOwn(CONTROLS, char)) return { set: literal(CONTROLS[char]!, false), char: CONTROLS[char]! };
    if (char === "x" || char === "u") {
      const hex = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})?)/.exec(
        chars.slice(at, at + 8).join(""),
      );
      if (!hex || (char === "u" && (hex[1] !== undefined || hex[3] === undefined)))
        return odd(`"\\${char}" without its digits`);
      const digits = hex[1] ?? (char === "u" ? hex[2]! + hex[3]! : hex[2]!);
      at += hex[1] === undefined ? digits.length : hex[0].length;
      const point = parseInt(digits, 16);
      if (
        point > 0x10ffff ||
        (point >= 0xd800 && point < 0xe000) ||
        (char === "x" && hex[1] === undefined && point > 127)
      )
        return odd(`"\\${char}${digits}", which is no character`);
      const named = String.fromCodePoint(point);
      return { set: literal(named, fold), char: named };
    }
    if (/[0-9A-Za-z]/.test(char)) return odd(`"\\${char}"`);
    return { set: literal(char, fold), char };
  }

  function property(negated: boolean): CharSet {
    const found = /^\{(\^?)([A-Za-z_]+)\}/.exec(chars.slice(at, at + 40).join(""));
    if (!found) return odd('"\\p" without its name');
    at += found[0].length;
    const name = found[2]!;
    const posix = POSIX[name.toLowerCase()];
    const set = posix ?? unicode(name);
    return negated !== (found[1] === "^") ? not(set) : set;
  }

  function unicode(name: string): CharSet {
    for (const form of [`[\\p{gc=${name}}]`, `[\\p{sc=${name}}]`]) {
      try {
        new RegExp(form, "v");
        return form;
      } catch {
        // not of this form
      }
    }
    return odd(`"\\p{${name}}"`);
  }

  function charClass(fold: boolean): CharSet {
    if (++depth > DEEPEST) odd(`classes nested deeper than ${DEEPEST}`);
    const negated = take("^");
    const sets: CharSet[] = [];
    for (let first = true; ; first = false) {
      if (at >= chars.length) odd('a "[" that is never closed');
      if (!first && take("]")) break;
      if (take("&&")) odd('"&&" between classes');
      const posix = /^\[:(\^?)([a-z]+):\]/.exec(chars.slice(at, at + 16).join(""));
      if (posix) {
        const set = POSIX[posix[2]!] ?? odd(`"[:${posix[2]}:]"`);
        sets.push(posix[1] === "^" ? not(set) : set);
        at += posix[0].length;
      } else if (take("[")) sets.push(charClass(fold));
      else sets.push(range(fold));
    }
    depth--;
    return negated ? not(union(sets)) : union(sets);
  }

  function range(fold: boolean): CharSet {
    const one = () => {
      const char = chars[at++]!;
      return char === "\\" ? escaped(fold) : { set: literal(char, fold), char };
    };
    const from = one();
    if (chars[at] !== "-" || chars[at + 1] === "]" || chars[at + 1] === undefined) return from.set;
    if (from.char === undefined) return odd("a range that begins with a class");
    at++;
    const to = one();
    if (to.char === undefined) return odd("a range that ends with a class");
    const [low, high] = [from.char.codePointAt(0)!, to.char.codePointAt(0)!];
    if (high < low) odd(`the empty range ${from.char}-${to.char}`);
    if (!fold) return `[${unit(from.char)}-${unit(to.char)}]`;
    if (high - low > LONGEST_FOLDED_RANGE) odd("a long range of letters in any case");
    const all = Array.from({ length: high - low + 1 }, (_, i) =>
      literal(String.fromCodePoint(low + i), true),
    );
    return union(all);
  }

  const tree = alternatives(false);
  if (at < chars.length) odd('a ")" without its "("');
  return tree;
}
