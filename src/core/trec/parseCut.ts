// Reads the number behind a measure's name. Knows no names.
import { SpecError } from "../inputError.ts";
import type { Family } from "./measureFamilies.ts";

/** @throws SpecError naming the measure that was asked for */
export function parseCut(text: string, kind: NonNullable<Family["kind"]>, asked: string): number {
  const cut = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
  if (kind === "level") {
    if (cut >= 0 && cut <= 1) return cut;
    throw new SpecError(`measure "${asked}": the recall level must be in [0, 1], got "${text}"`);
  }
  if (kind === "weight") {
    if (cut >= 0) return cut;
    throw new SpecError(`measure "${asked}": beta must be a number from 0, got "${text}"`);
  }
  if (Number.isSafeInteger(cut) && cut >= 1) return cut;
  throw new SpecError(`measure "${asked}": the cut must be an integer >= 1, got "${text}"`);
}
