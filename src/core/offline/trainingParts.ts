// What the build says of files that train: how long their script is, and which files the lab's encoders consist of. Measures
// nothing.
import * as v from "valibot";
import { pagePlace } from "../pagePlace.ts";

/** Beside the page: the script of such a file, and this list. */
export const TRAINING_APP = "onefile/app.js";
export const TRAINING_PARTS = "onefile/parts.json";

const { path, bytes } = pagePlace.entries;
const parts = v.object({
  appBytes: bytes,
  models: v.array(v.object({ path: v.pipe(path, v.startsWith("models/")), bytes })),
});

export type TrainingParts = v.InferOutput<typeof parts>;

/** @throws Error where it is no such list */
export const parseTrainingParts = (value: unknown): TrainingParts => v.parse(parts, value);
