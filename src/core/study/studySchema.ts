// The form of a study file, before its fields are held against each other (checkStudy.ts). Hostile until parsed here.
import * as v from "valibot";
import { BATCH_KINDS } from "../spec/batchKind.ts";
import { AGES, type Age } from "../age.ts";
import { CELL_NAME } from "./studyCells.ts";
import { isSafeName } from "./safeName.ts";
import { STUDY_SCHEMA } from "./study.ts";

const text = (most: number) =>
  v.pipe(v.string(), v.trim(), v.nonEmpty("must not be empty"), v.maxLength(most));
const name = v.pipe(
  v.string(),
  v.regex(CELL_NAME, 'must be 1 to 60 letters, digits, ".", "_" or "-"'),
  v.check(isSafeName, "is a name that some systems keep for themselves: call the cell something else"),
);
const listOf = <S extends v.GenericSchema>(entry: S, most: number) =>
  v.pipe(v.array(entry), v.minLength(1), v.maxLength(most));

export const MAX_SEEDS = 1000;
export const MAX_CELLS = 1000;
/** Shares of 1/42 make 946 cells. */
const MAX_PARTS = 42;

const cell = v.strictObject({
  name: v.exactOptional(name),
  label: v.exactOptional(text(80)),
  changes: v.optional(v.record(v.string(), v.unknown()), {}),
  controlOf: v.exactOptional(name),
  made: v.exactOptional(v.picklist(["mean", "reversed"])),
  reference: v.exactOptional(v.strictObject(v.entriesFromList(BATCH_KINDS, v.exactOptional(name)))),
});

const factor = v.strictObject({ path: v.string(), values: listOf(v.unknown(), MAX_CELLS) });

const mixture = v.variant("kind", [
  v.strictObject({
    kind: v.literal("lattice"),
    parts: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PARTS)),
  }),
  v.strictObject({ kind: v.literal("centroid") }),
  v.strictObject({ kind: v.literal("axial") }),
]);

const language = v.pipe(v.string(), v.nonEmpty(), v.maxLength(20));

export const studySchema = v.strictObject({
  schema: v.literal(STUDY_SCHEMA),
  /** The age of the lab that wrote it whole; a person's file says none, and fields left out are at their defaults. */
  format: v.exactOptional(v.picklist(Object.keys(AGES).map(Number) as Age[])),
  title: text(120),
  question: text(2000),
  spec: v.optional(v.union([v.string(), v.record(v.string(), v.unknown())]), {}),
  cells: v.exactOptional(listOf(cell, MAX_CELLS)),
  factors: v.exactOptional(listOf(factor, 8)),
  mixture: v.exactOptional(mixture),
  seeds: listOf(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)), MAX_SEEDS),
  order: v.optional(v.literal("balanced"), "balanced"),
  budget: v.optional(v.picklist(["steps", "crossBatches", "pairs"]), "steps"),
  primary: v.string(),
  smallestEffect: v.pipe(v.number(), v.finite(), v.gtValue(0, "must be above 0")),
  controls: v.exactOptional(v.array(v.string())),
  groups: v.exactOptional(
    v.union([v.picklist(["level", "script"]), v.record(text(60), listOf(language, 200))]),
  ),
  note: v.exactOptional(text(4000)),
  looks: v.exactOptional(listOf(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_SEEDS)), 20)),
  addedLooks: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

export type StudyFile = v.InferOutput<typeof studySchema>;
