// A mix of batch kinds in a few words, as people call it. Draws nothing.
import { percent, percents } from "../percent.ts";
import { BATCH_KINDS, kindFacts, type BatchKind, type Ratio } from "../spec/batchKind.ts";
import type { Schedule } from "../spec/ruleFacts.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

const shortName = (kind: BatchKind) => kindFacts(kind).short.toLowerCase();

/** "Monolingual", "Hybrid" (half mono, half cross), "mono 70 %" (the rest cross), "mono 20 %, multi 80 %" */
export function ratioText(ratio: Ratio): string {
  const kinds = BATCH_KINDS.filter((kind) => ratio[kind] > 0);
  const [first, second] = kinds;
  if (first !== undefined && kinds.length === 1) return kindFacts(first).label;
  if (first === "mono" && second === "cross" && kinds.length === 2)
    return ratio.mono === ratio.cross ? "Hybrid" : `mono ${percent(ratio.mono)}`;
  const shares = percents(kinds.map((kind) => ratio[kind]));
  return kinds.map((kind, i) => `${shortName(kind)} ${shares[i]!}`).join(", ");
}

/** As `ratioText`, but "mono" of one kind and "hybrid": an end of a mix that moves. */
function endText(ratio: Ratio): string {
  const [first, ...others] = BATCH_KINDS.filter((kind) => ratio[kind] > 0);
  return first !== undefined && others.length === 0
    ? shortName(first)
    : ratioText(ratio).replace("Hybrid", "hybrid");
}

/** What a rule is called after the mix that it starts from. */
const RULE_NAMES: Readonly<Partial<Record<Schedule, string>>> = {
  exp3: "bandit",
  ado: "ADO",
  doremi: "DoReMi",
  tdro: "tDRO",
  skillIt: "Skill-it",
  devGap: "dev gap",
  random: "random",
};

/** Of a mix that moves both ends: "mono → cross, cosine"; by a rule: "Hybrid, ADO"; mixed by row: "Hybrid, by row". */
export function mixText({ batch }: Pick<ExperimentSpec, "batch">): string {
  const { ratio, ratioEnd, schedule, curve, unit } = batch;
  const rule = RULE_NAMES[schedule];
  const ends = (a: Ratio, b: Ratio) => `${endText(a)} → ${endText(b)}, ${schedule}`;
  const moving =
    schedule === "constant"
      ? ratioText(ratio)
      : schedule === "drawn"
        ? ends(curve[0]?.weights ?? ratio, curve.at(-1)?.weights ?? ratio)
        : rule !== undefined
          ? `${ratioText(ratio)}, ${rule}`
          : ends(ratio, ratioEnd);
  return unit === "row" ? `${moving}, by row` : moving;
}
