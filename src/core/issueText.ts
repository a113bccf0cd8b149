// What is wrong with a field, in the words of people: the schema library's own never reach them.
import type * as v from "valibot";
import { counted } from "./counted.ts";
import { shownValue } from "./shownValue.ts";

type Issue = v.BaseIssue<unknown>;

/** The first thing that is wrong. Of a value that may be one thing or another, what is wrong inside it, where it is one of them. */
export function firstIssue([issue]: readonly [Issue, ...Issue[]]): Issue {
  const inside = issue.issues?.find(({ path }) => path !== undefined);
  if (!inside) return issue;
  const { path, ...own } = firstIssue([inside]);
  return { ...own, path: [...(issue.path ?? []), ...path!] };
}

/** What stands after a field's name, which it does not say: "is missing", "must be a text, got 5", "must be at most 100, got 101". */
export function issueText(issue: Issue): string {
  const { type, expected, received, message, input } = issue;
  if (expected === "never") return "is not a field that is known here";
  if (received === "undefined") return "is missing";
  if (!message.endsWith(`eceived ${received}`)) return message; // the schema's own words
  if (type === "non_empty") return "must not be empty";
  const bound = CHECKS[type];
  return `must ${bound ? bound(issue) : `be ${kindsText(expected)}`}, got ${LENGTHS.has(type) ? received : shownValue(input)}`;
}

const LENGTHS: ReadonlySet<string> = new Set(["min_length", "max_length", "length"]);

/** By what was checked of a value of the right kind. */
const CHECKS: Readonly<Record<string, (issue: Issue) => string>> = {
  integer: () => "be a whole number",
  safe_integer: () => "be a whole number below 2^53",
  finite: () => "be a finite number",
  min_value: ({ requirement }) => `be at least ${String(requirement)}`,
  max_value: ({ requirement }) => `be at most ${String(requirement)}`,
  gt_value: ({ requirement }) => `be above ${String(requirement)}`,
  min_length: (issue) => `have at least ${sizeText(issue)}`,
  max_length: (issue) => `have at most ${sizeText(issue)}`,
  length: (issue) => `have ${sizeText(issue)}`,
  starts_with: ({ requirement }) => `begin with ${shownValue(requirement)}`,
  url: () => "be a web address",
  regex: ({ requirement }) => `have the form ${String(requirement)}`,
  parse_json: () => "be JSON",
};

const sizeText = ({ input, requirement }: Issue) =>
  typeof input === "string"
    ? counted(Number(requirement), "letter")
    : counted(Number(requirement), "entry", "entries");

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  Array: "a list",
  Object: "an object",
  null: "null",
};

/** '(("level" | "script") | Object)' -> '"level", "script" or an object' */
function kindsText(expected: string | null): string {
  const kinds = (expected ?? "another value").replace(/[()]/g, "").split(" | ");
  const words = kinds.filter((kind) => kind !== "unknown").map((kind) => KINDS[kind] ?? kind);
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" or ");
}
