// Whether a study's cells lie on one axis, and where: a share of a kind, or one number of the spec.
import { FIELDS } from "../../spec/fields.ts";
import { BATCH_KINDS, kindFacts, type Ratio } from "../../spec/batchKind.ts";
import type { SpecPath } from "../../spec/spec.ts";
import type { Study } from "../study.ts";
import type { ResponseAxis } from "./studyAnalysis.ts";

/** A curve needs so many points. */
const LEAST = 3;

/** @returns undefined where cells differ in more than one thing, or in what is no number */
export function responseAxis({ cells }: Pick<Study, "cells">): ResponseAxis | undefined {
  const paths = [...new Set(cells.flatMap(({ changes }) => Object.keys(changes)))] as SpecPath[];
  const [path] = paths;
  if (path === undefined || paths.length > 1 || cells.length < LEAST) return undefined;
  if (cells.some(({ changes }) => changes[path] === undefined)) return undefined; // what the base has stays untold
  const values = cells.map(({ changes }) => changes[path]!);
  const axis = path === "batch.ratio" ? shareAxis(values as readonly Ratio[]) : numberAxis(path, values);
  if (!axis) return undefined;
  const at = cells.map(({ name }, i) => ({ cell: name, x: axis.xs[i]! }));
  return { label: axis.label, at: at.sort((a, b) => a.x - b.x) };
}

function shareAxis(ratios: readonly Ratio[]) {
  const kinds = BATCH_KINDS.filter((kind) => ratios.some((ratio) => ratio[kind] > 0));
  const [first] = kinds;
  if (first === undefined || kinds.length !== 2) return undefined;
  return { label: `share of ${kindFacts(first).short.toLowerCase()}`, xs: ratios.map((r) => r[first]) };
}

function numberAxis(path: SpecPath, values: readonly unknown[]) {
  const xs = values.filter((value) => typeof value === "number");
  return xs.length === values.length ? { label: FIELDS[path].label, xs } : undefined;
}
