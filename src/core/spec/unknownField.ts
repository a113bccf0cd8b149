// What is said of a name that is no field, and which field it most likely means. Sets nothing.
import { nearestName } from "../nearestName.ts";
import { FIELDS, SPEC_PATHS } from "./fields.ts";
import type { SpecPath } from "./spec.ts";

const LONGEST = 64; // of a name that is compared letter by letter
const SLIPS = 2; // letters

/** By its path, its key in links ("lr"), or the last part of its path ("learningRate"), in that order: two fields end in "temperature". */
export const fieldCalled = (name: string): SpecPath | undefined =>
  SPEC_PATHS.find((path) => path === name) ??
  SPEC_PATHS.find((path) => FIELDS[path].key === name) ??
  SPEC_PATHS.find((path) => path.split(".").at(-1) === name);

/** The same, and what is called so but for a slip of the pen. */
export const fieldMeant = (name: string): SpecPath | undefined =>
  fieldCalled(name) ?? (name.length > LONGEST ? undefined : nearestName(name, SPEC_PATHS, SLIPS));

/** "stesp is not a field; fields are data.train, …; did you mean steps?" */
export function unknownField(name: string): string {
  const meant = fieldMeant(name);
  const advice = meant === undefined ? "" : `; did you mean ${meant}?`;
  return `${name} is not a field; fields are ${SPEC_PATHS.join(", ")}${advice}`;
}
