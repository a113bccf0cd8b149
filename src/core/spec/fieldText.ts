// A field's value as short text and back: in links, in `--set` and in form boxes. Never decides what is allowed.
import { BATCH_KINDS, type BatchKind } from "./batchKind.ts";
import { checkValue } from "./checkValue.ts";
import type { Checked } from "./field.ts";
import { fieldAt } from "./fields.ts";
import type { SpecPath, SpecValue } from "./spec.ts";

/** @returns e.g. "0.05", "mono:0.5,cross:0.5", "en,ar:2", "el,vi", "none" for an empty list */
export function formatValue(path: SpecPath, value: SpecValue): string {
  switch (fieldAt(path).type) {
    case "ratio":
    case "kindWeights":
      return Object.entries(value as Record<BatchKind, number>)
        .filter(([, w]) => w !== 0)
        .map(([kind, w]) => `${kind}:${w}`)
        .join(",");
    case "languageWeights":
      return Object.entries(value as Record<string, number>)
        .map(([lang, w]) => (w === 1 ? lang : `${lang}:${w}`))
        .join(",");
    case "languageList":
    case "cutList":
      return (value as readonly string[]).join(",") || "none";
    default:
      return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
}

/** Reads what `formatValue` writes, JSON, and for kinds also four bare numbers in the order of BATCH_KINDS. */
export function parseValue(path: SpecPath, text: string): Checked {
  return checkValue(path, readText(path, text.trim()));
}

function readText(path: SpecPath, text: string): unknown {
  const field = fieldAt(path);
  if (/^[[{]/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  switch (field.type) {
    case "number":
      return text === "" ? text : Number.isNaN(Number(text)) ? text : Number(text);
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "ratio":
    case "kindWeights":
      return pairsOf(text, (i) => BATCH_KINDS[i]) ?? text;
    case "languageWeights":
      return pairsOf(text.replaceAll("_", "-"), () => undefined) ?? text;
    case "languageList":
      return text === "none" || text === ""
        ? []
        : text.split(",").map((lang) => lang.trim().replaceAll("_", "-"));
    case "cutList":
      return text === "none" || text === "" ? [] : text.split(",").map((lang) => lang.trim());
    default:
      return text;
  }
}

/** "a:1,b" -> {a: 1, b: 1}; a bare number takes the name of its place. Undefined where a number is not one. */
function pairsOf(
  text: string,
  nameOf: (i: number) => string | undefined,
): Record<string, number> | undefined {
  const pairs: Record<string, number> = {};
  for (const [i, part] of text.split(",").entries()) {
    const [left = "", right] = part.split(":").map((s) => s.trim());
    const bare = right === undefined && left !== "" && !Number.isNaN(Number(left)) ? nameOf(i) : undefined;
    const name = bare ?? left;
    const weight = bare === undefined ? (right === undefined ? 1 : Number(right)) : Number(left);
    if (name === "" || right === "" || Number.isNaN(weight) || Object.hasOwn(pairs, name)) return undefined;
    pairs[name] = weight;
  }
  return pairs;
}
