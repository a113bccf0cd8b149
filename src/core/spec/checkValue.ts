// Whether a value is right for its field: refuses, clamps or passes it on, with one sentence. Never touches other fields.
import { parseEncoderId } from "../encoders/encoderId.ts";
import { isLongInteger } from "../longIntegers.ts";
import { MAX_CUT, MAX_CUTS, readCuts } from "../metrics/cuts.ts";
import { BATCH_KINDS, eachKind, type BatchKind } from "./batchKind.ts";
import type { Checked, Field, Problem } from "./field.ts";
import { fieldAt } from "./fields.ts";
import { kindMatrix } from "./kindMatrix.ts";
import type { Curve, KindWeights, SpecPath } from "./spec.ts";

const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/;
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const ENCODER_RULE =
  "the name of a shipped encoder, hf:owner/name[@revision], local:name, or the https:// address of a folder";
const MAX_LANGUAGES = 200;

/** As it was given, so that nobody reads "null" who wrote 1e999. A text of digits is a number that a double cannot hold. */
const show = (value: unknown) =>
  isLongInteger(value)
    ? value
    : (JSON.stringify(value, (_, one: unknown) =>
        typeof one === "number" && !Number.isFinite(one) ? String(one) : one,
      ) ?? String(value));

/** The sentence where nothing goes on with the nearest value, as a form does: without what is used. */
export const refusalText = (message: string): string => message.replace(/; \S+ is used$/, "");

/**
 * A value of unknown origin against the field at `path`.
 * @param typed how it was written, for the message: a double has not all digits of 9007199254740993
 * @returns the value; or the nearest allowed value and a "clamped" problem; or only a "refused" problem
 */
export function checkValue(path: SpecPath, value: unknown, typed?: string): Checked {
  const field = fieldAt(path);
  const got = () => (typed ?? show(value)).slice(0, 60);
  const refuse = (right: string): Checked => ({
    problem: { path, outcome: "refused", message: `${path} must be ${right}, got ${got()}` },
  });
  switch (field.type) {
    case "number":
      return checkNumber(path, field, value, got, refuse);
    case "choice": {
      const allowed = field.options.map((option) => option.value);
      return typeof value === "string" && allowed.includes(value)
        ? { value }
        : refuse(`one of ${allowed.join(", ")}`);
    }
    case "boolean":
      return typeof value === "boolean" ? { value } : refuse("true or false");
    case "id":
      if (field.of === "encoder") {
        return typeof value === "string" && parseEncoderId(value) ? { value } : refuse(ENCODER_RULE);
      }
      if (field.of === "run") {
        return typeof value === "string" && /^([0-9a-f]{16}|none)$/.test(value)
          ? { value }
          : refuse("the first 16 digits of a run\u2019s digest, or none");
      }
      return typeof value === "string" && ID.test(value)
        ? { value }
        : refuse("an id of letters, digits, '.', '_' and '-', at most 64 long");
    case "ratio":
    case "kindWeights":
      return checkKinds(field.type, field.max, value, refuse);
    case "kindNumbers":
      return checkKindNumbers(field.max, value, refuse);
    case "kindMatrix":
      return checkKindMatrix(field.max, value, refuse);
    case "curve":
      return checkCurve(field, value, refuse);
    case "languageWeights":
      return checkLanguageWeights(field.max, value, refuse);
    case "cutList": {
      const cuts = Array.isArray(value) && value.length <= MAX_CUTS ? readCuts(value) : undefined;
      return cuts
        ? { value: cuts }
        : refuse(
            `a list of at most ${MAX_CUTS} measures such as recall@5 or ndcg@20/multi, from @1 to @${MAX_CUT}`,
          );
    }
    case "languageList":
      return Array.isArray(value) &&
        value.length <= MAX_LANGUAGES &&
        value.every((lang) => typeof lang === "string" && LANGUAGE.test(lang))
        ? { value: [...new Set(value as string[])] }
        : refuse(`a list of at most ${MAX_LANGUAGES} language codes such as en or zh`);
  }
}

type Refuse = (right: string) => Checked;

function checkNumber(
  path: SpecPath,
  field: Extract<Field, { type: "number" }>,
  value: unknown,
  got: () => string,
  refuse: Refuse,
): Checked {
  const whole = field.step === 1;
  const right = `a ${whole ? "whole " : ""}number from ${field.min} to ${field.max}`;
  if (typeof value !== "number" || !Number.isFinite(value) || (whole && !Number.isInteger(value))) {
    return refuse(right);
  }
  const near = Math.min(field.max, Math.max(field.min, value)) + 0; // -0 is 0
  if (near === value) return { value: near };
  const message = `${path} must be from ${field.min} to ${field.max}, got ${got()}; ${near} is used`;
  return { value: near, problem: { path, outcome: "clamped", message } satisfies Problem };
}

function checkKinds(type: "ratio" | "kindWeights", max: number, value: unknown, refuse: Refuse): Checked {
  const right = `weights for ${BATCH_KINDS.join(", ")}, each from 0 to ${max}, not all 0, such as mono:0.5,cross:0.5`;
  if (!isRecord(value)) return refuse(right);
  const entries = Object.entries(value);
  const fine = entries.every(
    ([kind, w]) => BATCH_KINDS.includes(kind as BatchKind) && typeof w === "number" && w >= 0 && w <= max,
  );
  const sum = entries.reduce((s, [, w]) => s + (w as number), 0);
  if (!fine || !(sum > 0) || 1 / sum === Infinity) return refuse(right);
  const [first, ...others] = entries.filter(([, w]) => (w as number) > 0);
  if (type === "ratio" && others.length === 0 && sum < 1 - 1e-5) {
    return refuse(`shares of two kinds or more, or ${first![0]}:1 for that kind alone`); // who takes the rest is not said
  }
  // Rounded to 1e-6, so that scaling a ratio read from its own text changes nothing.
  const scale = type === "ratio" && Math.abs(sum - 1) > 1e-5 ? 1 / sum : 1;
  const round = (w: number) => Math.round(w * scale * 1e6) / 1e6;
  const rounded = eachKind((kind) => round((value[kind] as number | undefined) ?? 0) + 0);
  if (Object.values(rounded).every((w) => w === 0)) return refuse(right);
  return { value: rounded };
}

/** Numbers by kind, 0 where none is given; undefined for anything else. */
function kindNumbers(value: unknown, least: number, max: number): KindWeights | undefined {
  if (!isRecord(value)) return undefined;
  const fine = Object.entries(value).every(
    ([kind, x]) => BATCH_KINDS.includes(kind as BatchKind) && typeof x === "number" && x >= least && x <= max,
  );
  return fine ? eachKind((kind) => round6((value[kind] as number | undefined) ?? 0)) : undefined;
}

function checkKindNumbers(max: number, value: unknown, refuse: Refuse): Checked {
  const numbers = kindNumbers(value, 0, max);
  return numbers
    ? { value: numbers }
    : refuse(`numbers for ${BATCH_KINDS.join(", ")}, each from 0 to ${max}, such as mono:2.1,cross:2.5`);
}

function checkKindMatrix(max: number, value: unknown, refuse: Refuse): Checked {
  const rows = isRecord(value) ? BATCH_KINDS.map((kind) => kindNumbers(value[kind] ?? {}, -max, max)) : [];
  const named =
    isRecord(value) && Object.keys(value).every((kind) => BATCH_KINDS.includes(kind as BatchKind));
  if (!named || !rows.every((row) => row !== undefined)) {
    return refuse(
      `numbers for pairs of kinds, each from -${max} to ${max}, such as mono-cross:0.3,cross-mono:0.1`,
    );
  }
  return { value: kindMatrix((from, to) => rows[BATCH_KINDS.indexOf(from)]![to]) };
}

/** Points of a link and of a record; a run of 300 decisions and their steps has 600. */
export const MAX_CURVE_POINTS = 600;

function checkCurve({ of, max }: Extract<Field, { type: "curve" }>, value: unknown, refuse: Refuse): Checked {
  const right = `a curve of at most ${MAX_CURVE_POINTS} points from 0 to 1 and the kinds\u2019 weights there, such as 0,1:1,0:0,1 (from mono to cross)`;
  if (!Array.isArray(value) || value.length > MAX_CURVE_POINTS) return refuse(right);
  let last = -1;
  const points: Curve[number][] = [];
  for (const point of value as unknown[]) {
    if (!isRecord(point) || typeof point["at"] !== "number") return refuse(right);
    const at = round6(point["at"]);
    const weights = checkKinds(of, max, point["weights"], refuse);
    if (!(at > last && at >= 0 && at <= 1) || !("value" in weights)) return refuse(right);
    points.push({ at, weights: weights.value as KindWeights });
    last = at;
  }
  return { value: points };
}

const round6 = (x: number) => Math.round(x * 1e6) / 1e6 + 0; // -0 is 0

function checkLanguageWeights(max: number, value: unknown, refuse: Refuse): Checked {
  const right = `one to ${MAX_LANGUAGES} language codes with weights above 0 and up to ${max}, such as en,de:2`;
  if (!isRecord(value)) return refuse(right);
  const entries = Object.entries(value);
  const fine = entries.every(
    ([lang, w]) => LANGUAGE.test(lang) && typeof w === "number" && w > 0 && w <= max,
  );
  return fine && entries.length >= 1 && entries.length <= MAX_LANGUAGES
    ? { value: Object.fromEntries(entries) as Record<string, number> }
    : refuse(right);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
