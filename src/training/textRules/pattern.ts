// Finds the matches of a regular expression in time linear in the text, or gives up by name, so that no pattern out of a file
// can make it hang: by JavaScript's own engine where that cannot try one stretch of text in two ways, else all ways to match
// are followed side by side (Thompson 1968, with Pike's priorities), for so many steps.
import { parsePattern, type CharSet, type PatternNode } from "./patternSyntax.ts";

/** Ends of a match, in UTF-16 units. */
export type Span = readonly [start: number, end: number];

/** All matches from left to right, none overlapping; an empty one never right after another. */
export type FindAll = (text: string) => Span[];

type CharTest = (char: string) => boolean;

type Step =
  | { readonly op: "char"; readonly test: CharTest }
  | { readonly op: "fork"; readonly first: number; readonly second: number }
  | { readonly op: "look"; readonly ahead: boolean; readonly test: CharTest; readonly missing: boolean }
  | { readonly op: "match" };

const LARGEST_PROGRAM = 20_000;
/** A text of n characters is given up after this many steps of work a character, and as many for a short one as for 2,000. */
const STEPS_PER_CHARACTER = 500;
const SHORT = 2000;

/** Remembers the answers for the characters of the basic plane, where nearly all text is. */
function testOf(set: CharSet): CharTest {
  const pattern = new RegExp(`^${set}$`, "v");
  const known = new Int8Array(0x10000); // 1 = in, -1 = out, 0 = not asked yet
  return (char) => {
    if (char.length > 1) return pattern.test(char);
    const code = char.charCodeAt(0);
    if (known[code] === 0) known[code] = pattern.test(char) ? 1 : -1;
    return known[code] === 1;
  };
}

function compile(tree: PatternNode): Step[] {
  const steps: Step[] = [];
  const push = (step: Step): number => {
    if (steps.length >= LARGEST_PROGRAM) throw new Error("a regular expression is too large to be followed");
    return steps.push(step) - 1;
  };
  const fork = (lazy: boolean, go: number, skip: number): Step =>
    lazy ? { op: "fork", first: skip, second: go } : { op: "fork", first: go, second: skip };
  const emit = (node: PatternNode): void => {
    switch (node.type) {
      case "char":
        push({ op: "char", test: testOf(node.set) });
        return;
      case "look":
        push({ op: "look", ahead: node.ahead, test: testOf(node.set), missing: node.missing });
        return;
      case "all":
        for (const part of node.parts) emit(part);
        return;
      case "any": {
        const ends: number[] = [];
        node.parts.forEach((part, i) => {
          const last = i === node.parts.length - 1;
          const at = last ? -1 : push({ op: "match" });
          emit(part);
          if (last) return;
          ends.push(push({ op: "match" }));
          steps[at] = { op: "fork", first: at + 1, second: steps.length };
        });
        for (const end of ends) steps[end] = { op: "fork", first: steps.length, second: steps.length };
        return;
      }
      case "repeat": {
        for (let i = 0; i < node.min; i++) emit(node.part);
        if (node.max === Infinity) {
          const at = push({ op: "match" });
          emit(node.part);
          push({ op: "fork", first: at, second: at });
          steps[at] = fork(node.lazy, at + 1, steps.length);
          return;
        }
        const skips: number[] = [];
        for (let i = node.min; i < node.max; i++) {
          skips.push(push({ op: "match" }));
          emit(node.part);
        }
        for (const at of skips) steps[at] = fork(node.lazy, at + 1, steps.length);
        return;
      }
    }
  };
  emit(tree);
  push({ op: "match" });
  return steps;
}

/** How many repetitions without a bound a way through the tree can meet; one around another counts as many. */
function unbounded(node: PatternNode): number {
  switch (node.type) {
    case "char":
    case "look":
      return 0;
    case "all":
      return node.parts.reduce((sum, part) => sum + unbounded(part), 0);
    case "any":
      return Math.max(...node.parts.map(unbounded));
    case "repeat":
      if (node.part.type === "char") return node.max === Infinity ? 1 : 0;
      return node.max === Infinity || node.max * unbounded(node.part) > 1 ? Infinity : unbounded(node.part);
  }
}

/** In how many ways a tree can match one stretch of text, its unbounded repetitions aside: what backtracking may try. */
function ways(node: PatternNode): number {
  switch (node.type) {
    case "char":
    case "look":
      return 1;
    case "all":
      return node.parts.reduce((product, part) => product * ways(part), 1);
    case "any":
      return node.parts.reduce((sum, part) => sum + ways(part), 0);
    case "repeat":
      if (node.max === Infinity) return ways(node.part);
      return ways(node.part) ** node.max * (node.max - node.min + 1);
  }
}

const MOST_WAYS = 64;

function sourceOf(node: PatternNode): string {
  switch (node.type) {
    case "char":
      return node.set;
    case "all":
      return node.parts.map(sourceOf).join("");
    case "any":
      return `(?:${node.parts.map(sourceOf).join("|")})`;
    case "repeat": {
      const bounds = `{${node.min},${node.max === Infinity ? "" : node.max}}${node.lazy ? "?" : ""}`;
      return `(?:${sourceOf(node.part)})${bounds}`;
    }
    case "look": {
      const edge = node.ahead ? "$" : "^";
      return `(?${node.ahead ? "" : "<"}=${node.set}${node.missing ? `|${edge}` : ""})`;
    }
  }
}

/**
 * Whether all that a repetition without a bound takes belongs to a match: nothing behind it can fail, so no stretch is
 * walked again from a later start. True of a tree without one.
 */
function takesAll(node: PatternNode): boolean {
  switch (node.type) {
    case "char":
    case "look":
      return true;
    case "any":
      return node.parts.every(takesAll);
    case "repeat":
      return node.max === Infinity || unbounded(node.part) === 0 || takesAll(node.part);
    case "all": {
      const at = node.parts.findIndex((part) => unbounded(part) > 0);
      if (at === -1) return true;
      const [last, behind, ...more] = node.parts.slice(at) as [PatternNode, ...PatternNode[]];
      if (behind === undefined) return takesAll(last);
      // "\\s+(?!\\S)": one step back from the end of the run, the character beside is one of the run.
      const isOwn =
        last.type === "repeat" && last.part.type === "char" && behind.type === "look" && behind.ahead;
      return isOwn && more.length === 0 && behind.set === `[^[^${(last.part as { set: CharSet }).set}]]`;
    }
  }
}

/** Whether each match of an expression is of one character. */
export function takesOne(source: string): boolean {
  const isOne = (node: PatternNode): boolean => {
    if (node.type === "char") return true;
    if (node.type === "any") return node.parts.every(isOne);
    return (
      node.type === "all" &&
      node.parts.filter(({ type }) => type !== "look").length === 1 &&
      node.parts.every((part) => part.type === "look" || isOne(part))
    );
  };
  return isOne(parsePattern(source));
}

/** As far as a text may be walked again from each of its places. */
const LONGEST_SQUARE = 2000;

/** @throws Error in one sentence if the expression is not understood; when searching, if it takes far too long */
export function createPattern(source: string): FindAll {
  const tree = parsePattern(source);
  if (unbounded(tree) > 1 || ways(tree) > MOST_WAYS) return following(tree, source);
  const search = searching(new RegExp(sourceOf(tree), "gv"));
  if (takesAll(tree)) return search;
  const follow = following(tree, source);
  return (text) => (text.length > LONGEST_SQUARE ? follow(text) : search(text));
}

function searching(pattern: RegExp): FindAll {
  return (text) => {
    const found: Span[] = [];
    if (text.search(pattern) === -1) return found;
    let lastEnd = -1;
    for (const { 0: match, index } of text.matchAll(pattern)) {
      if (match === "" && index === lastEnd) continue;
      lastEnd = index + match.length;
      found.push([index, lastEnd]);
    }
    return found;
  };
}

function following(tree: PatternNode, source: string): FindAll {
  const program = compile(tree);
  const seen = new Int32Array(program.length).fill(-1); // the last round in which a step was reached
  let round = 0;

  return (text) => {
    const chars = [...text];
    const offsets = new Int32Array(chars.length + 1);
    chars.forEach((char, i) => (offsets[i + 1] = offsets[i]! + char.length));
    let work = STEPS_PER_CHARACTER * (chars.length + SHORT);

    /** Steps that read a character, in the order of preference; ends where a match is reached: what follows is less preferred. */
    const follow = (from: number, at: number, list: number[]): boolean => {
      const stack = [from];
      while (stack.length > 0) {
        const pc = stack.pop()!;
        if (seen[pc] === round) continue;
        seen[pc] = round;
        if (--work < 0) {
          throw new Error(
            `the regular expression ${JSON.stringify(source.slice(0, 60))} takes too long on a text`,
          );
        }
        const step = program[pc]!;
        if (step.op === "match") return true;
        if (step.op === "char") list.push(pc);
        else if (step.op === "fork") stack.push(step.second, step.first);
        else {
          const beside = step.ahead ? chars[at] : chars[at - 1];
          if (beside === undefined ? step.missing : step.test(beside)) stack.push(pc + 1);
        }
      }
      return false;
    };

    /** The end of the preferred match that starts at `start`, or -1. */
    const matchAt = (start: number): number => {
      let end = -1;
      let threads: number[] = [];
      round++;
      if (follow(0, start, threads)) end = start;
      for (let at = start; at < chars.length && threads.length > 0; at++) {
        const next: number[] = [];
        round++;
        for (const pc of threads) {
          const step = program[pc]!;
          if (step.op !== "char" || !step.test(chars[at]!)) continue;
          if (follow(pc + 1, at + 1, next)) {
            end = at + 1;
            break;
          }
        }
        threads = next;
      }
      return end;
    };

    const found: Span[] = [];
    let lastEnd = -1;
    for (let start = 0; start <= chars.length;) {
      const end = matchAt(start);
      if (end === -1 || (end === start && start === lastEnd)) {
        start++;
        continue;
      }
      found.push([offsets[start]!, offsets[end]!]);
      lastEnd = end;
      start = end;
    }
    return found;
  };
}
