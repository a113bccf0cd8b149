// A mix of batch kinds in a few words, as people call it. Draws nothing.
import { BATCH_KINDS, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

const NAMES: Readonly<Record<BatchKind, readonly [alone: string, share: string]>> = {
  mono: ["Monolingual", "mono"],
  cross: ["Cross-lingual", "cross"],
  multi: ["Multilingual", "multi"],
  mixedMono: ["Mixed monolingual", "mixed"],
};

const percent = (share: number) => `${Number((100 * share).toFixed(1))} %`;

/** "Monolingual", "Hybrid" (half mono, half cross), "mono 70 %" (the rest cross), "mono 20 %, multi 80 %" */
export function ratioText(ratio: Ratio): string {
  const kinds = BATCH_KINDS.filter((kind) => ratio[kind] > 0);
  const [first, second] = kinds;
  if (first !== undefined && kinds.length === 1) return NAMES[first][0];
  if (first === "mono" && second === "cross" && kinds.length === 2)
    return ratio.mono === ratio.cross ? "Hybrid" : `mono ${percent(ratio.mono)}`;
  return kinds.map((kind) => `${NAMES[kind][1]} ${percent(ratio[kind])}`).join(", ");
}

/** As `ratioText`, but "mono" of one kind and "hybrid": an end of a mix that moves. */
function endText(ratio: Ratio): string {
  const [first, ...others] = BATCH_KINDS.filter((kind) => ratio[kind] > 0);
  return first !== undefined && others.length === 0
    ? NAMES[first][1]
    : ratioText(ratio).replace("Hybrid", "hybrid");
}

/** Of a mix that moves both ends: "mono → cross, cosine"; mixed by row: "Hybrid, by row". */
export function mixText({ batch }: Pick<ExperimentSpec, "batch">): string {
  const { ratio, ratioEnd, schedule, unit } = batch;
  const moving =
    schedule === "constant" ? ratioText(ratio) : `${endText(ratio)} → ${endText(ratioEnd)}, ${schedule}`;
  return unit === "row" ? `${moving}, by row` : moving;
}
