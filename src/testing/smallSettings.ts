// Settings of a run that takes a moment on the command line: two languages, a narrow random encoder, 16 steps.
import type { SpecPath } from "../core/spec/spec.ts";

/** "path=value" of each as `--set` takes it. */
export const setting = (...values: readonly string[]): string[] => values.flatMap((one) => ["--set", one]);

const SMALL: Readonly<Partial<Record<SpecPath, string | number>>> = {
  "languages.train": "en,de",
  "languages.heldOut": "none",
  "encoder.id": "random",
  "encoder.width": 16,
  "batch.size": 16,
  steps: 16,
  evalEvery: 6,
  "compute.backend": "wasm",
};

/** @param changes in place of these, or besides */
export const smallSettings = (changes: Readonly<Partial<Record<SpecPath, string | number>>> = {}): string[] =>
  setting(...Object.entries({ ...SMALL, ...changes }).map(([path, value]) => `${path}=${value}`));
