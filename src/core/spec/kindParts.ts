// Single kinds of a mix or of the loss weights, as `--set batch.ratio.mono=0.7` names them. Those of one command belong together.
import { SpecError } from "../inputError.ts";
import { BATCH_KINDS, eachKind, type BatchKind } from "./batchKind.ts";
import { fieldAt, SPEC_PATHS } from "./fields.ts";
import { readPath, withPath, type ExperimentSpec, type KindWeights, type SpecPath } from "./spec.ts";

/** "batch.ratio.mono" -> its field and kind; undefined if it names no part of any. */
export function kindPart(name: string): { readonly path: SpecPath; readonly kind: BatchKind } | undefined {
  const kind = BATCH_KINDS.find((known) => name.endsWith(`.${known}`));
  const path = SPEC_PATHS.find((known) => `${known}.${kind}` === name);
  const type = path && fieldAt(path).type;
  return kind && path && (type === "ratio" || type === "kindWeights") ? { path, kind } : undefined;
}

/**
 * The named parts as given. Of a mix the other kinds share the rest in the proportions they had; other weights stay.
 * @param parts each from 0 to the field's maximum
 * @throws SpecError if parts of a mix sum to more than 1, or to less where no other kind has anything
 */
export function withKindParts(
  spec: ExperimentSpec,
  path: SpecPath,
  parts: ReadonlyMap<BatchKind, number>,
): ExperimentSpec {
  const old = readPath(spec, path) as KindWeights;
  const sum = (kinds: readonly BatchKind[], of: (kind: BatchKind) => number) =>
    kinds.reduce((total, kind) => total + of(kind), 0);
  const named = BATCH_KINDS.filter((kind) => parts.has(kind));
  const others = BATCH_KINDS.filter((kind) => !parts.has(kind));
  const given = sum(named, (kind) => parts.get(kind)!);
  const there = sum(others, (kind) => old[kind]);
  const isMix = fieldAt(path).type === "ratio";
  const said = named.map((kind) => `${kind} ${parts.get(kind)!}`).join(" + ");
  if (isMix && given > 1 + EXACT) {
    throw new SpecError(
      `${path}: ${said} is ${round(given)}; parts that are set together must sum to at most 1`,
    );
  }
  if (isMix && given < 1 - EXACT && there <= 0) {
    const left =
      others.length > 0 ? `${others.join(", ")} had no share to keep the rest in` : "no kind is left";
    throw new SpecError(`${path}: ${said} is ${round(given)}, not 1, and ${left}; set more parts`);
  }
  const scale = !isMix ? 1 : there > 0 ? Math.max(0, 1 - given) / there : 0;
  return withPath(
    spec,
    path,
    eachKind((kind) => round(parts.get(kind) ?? old[kind] * scale)),
  );
}

const EXACT = 1e-6; // as far as ratios are kept
const round = (part: number) => Math.round(part * 1e6) / 1e6;
