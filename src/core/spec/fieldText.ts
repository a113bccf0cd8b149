// A field's value as short text and back: in links, in `--set` and in form boxes. Never decides what is allowed.
import { BATCH_KINDS, kindFacts, type BatchKind } from "./batchKind.ts";
import { checkValue } from "./checkValue.ts";
import type { Checked } from "./field.ts";
import { fieldAt } from "./fields.ts";
import { formatKindMatrix, matrixOfPairs } from "./kindMatrix.ts";
import { formatKindRows, parseKindRows } from "./kindRows.ts";
import type { Curve, KindMatrix, SpecPath, SpecValue } from "./spec.ts";

/** @returns e.g. "0.05", "mono:0.5,cross:0.5", "en,ar:2", "el,vi", "none" for an empty list */
export function formatValue(path: SpecPath, value: SpecValue): string {
  switch (fieldAt(path).type) {
    case "ratio":
    case "kindWeights":
      return kindsText(value as Record<BatchKind, number>);
    case "kindNumbers":
      return kindsText(value as Record<BatchKind, number>) || "none";
    case "kindMatrix":
      return formatKindMatrix(value as KindMatrix);
    case "curve":
      return (value as Curve).length === 0 ? "none" : formatKindRows(value as Curve);
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

const kindsText = (weights: Readonly<Record<BatchKind, number>>): string =>
  Object.entries(weights)
    .filter(([, w]) => w !== 0)
    .map(([kind, w]) => `${kind}:${w}`)
    .join(",");

/** Reads what `formatValue` writes, JSON, and for kinds also bare numbers in the order of BATCH_KINDS. */
export function parseValue(path: SpecPath, text: string): Checked {
  const typed = text.trim();
  const shown = isNumeric(typed) || isJson(typed) ? typed : JSON.stringify(typed);
  return checkValue(path, readText(path, typed), shown);
}

function readText(path: SpecPath, text: string): unknown {
  const field = fieldAt(path);
  if (isJson(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  switch (field.type) {
    case "number":
      return isNumeric(text) ? Number(text) : text;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "ratio":
    case "kindWeights":
      return kindsOf(text) ?? text;
    case "kindNumbers":
      return isNone(text) ? {} : (kindsOf(text) ?? text);
    case "kindMatrix": {
      const pairs = isNone(text) ? {} : pairsOf(text);
      return (pairs && matrixOfPairs(pairs)) ?? text;
    }
    case "curve":
      return isNone(text) ? [] : (parseKindRows(text) ?? text);
    case "languageWeights":
      return pairsOf(text.split(",").map(inTagCase).join(",")) ?? text;
    case "languageList":
      return isNone(text) ? [] : text.split(",").map((lang) => inTagCase(lang.trim()));
    case "cutList":
      return isNone(text) ? [] : text.split(",").map((lang) => lang.trim());
    default:
      return text;
  }
}

const isJson = (text: string): boolean => /^[[{]/.test(text);

/** "EN" -> "en", "zh_HANT:2" -> "zh-Hant:2": people and programs change letters, and no two languages differ in them alone. */
const inTagCase = (code: string): string =>
  code
    .replaceAll("_", "-")
    .split("-")
    .map((part, i) => {
      const small = part.toLowerCase();
      if (i === 0) return small;
      if (/^[a-z]{4}(?![a-z])/.test(small)) return small[0]!.toUpperCase() + small.slice(1);
      return /^[a-z]{2}(?![a-z])/.test(small) ? small.toUpperCase() : small;
    })
    .join("-");

const isNone = (text: string): boolean => text === "none" || text === "";

/**
 * "0.1,0.2,0.3,0.4" -> the weights of BATCH_KINDS in their order; otherwise as `pairsOf`. Fewer numbers could mean any kind,
 * unless those that are left out came later.
 */
function kindsOf(text: string): Record<string, number> | undefined {
  const parts = text.split(",").map((part) => part.trim());
  const isWhole = BATCH_KINDS.every((kind, i) => i < parts.length || kindFacts(kind).since > 1);
  if (parts.length > BATCH_KINDS.length || !isWhole || !parts.every(isNumeric)) return pairsOf(text);
  return Object.fromEntries(parts.map((part, i) => [BATCH_KINDS[i]!, Number(part)]));
}

/** "a:1,b" -> {a: 1, b: 1}. Undefined where a name is missing, a number, or there twice, and where a number is not one. */
function pairsOf(text: string): Record<string, number> | undefined {
  const pairs = new Map<string, number>();
  for (const part of text.split(",")) {
    const [name = "", weight = "1", ...rest] = part.split(":").map((s) => s.trim());
    if (name === "" || isNumeric(name) || !isNumeric(weight) || rest.length > 0 || pairs.has(name))
      return undefined;
    pairs.set(name, Number(weight));
  }
  return Object.fromEntries(pairs);
}

const isNumeric = (text: string): boolean => text !== "" && !Number.isNaN(Number(text));
