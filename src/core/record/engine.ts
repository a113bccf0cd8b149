// Who trained a run that the lab did not train itself: part of its record and of its digest. Trains nothing.
import * as v from "valibot";

export interface Engine {
  readonly name: "sentence-transformers";
  readonly versions: Readonly<Record<string, string>>;
  readonly ranks: number; // processes
  readonly device: string; // of each
  /** Passages that a question meets: of the whole batch, as in the lab, or of its own process. */
  readonly negatives: "all ranks" | "own rank";
  readonly optimizer: "lab" | "torch"; // which AdamW
  readonly precision: string;
}

const name = v.pipe(v.string(), v.maxLength(200));

export const engineSchema = v.strictObject({
  name: v.literal("sentence-transformers"),
  versions: v.record(name, name),
  ranks: v.pipe(v.number(), v.integer(), v.minValue(1)),
  device: name,
  negatives: v.picklist(["all ranks", "own rank"]),
  optimizer: v.picklist(["lab", "torch"]),
  precision: name,
});

/** "sentence-transformers 6.2.0, 2 processes", and what in it is not the lab's way. */
export function engineText({ name, versions, ranks, negatives, optimizer, precision }: Engine): string {
  return [
    `${name} ${versions[name] ?? ""}`.trim(),
    `${ranks} ${ranks === 1 ? "process" : "processes"}`,
    ...(negatives === "own rank" ? ["negatives of each process alone"] : []),
    ...(optimizer === "torch" ? ["torch’s AdamW"] : []),
    ...(precision === "float32" ? [] : [precision]),
  ].join(", ");
}
