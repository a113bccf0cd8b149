// What a name of a measure means: trec_eval's names, and ir_measures'. Holds no formula.
import { SpecError } from "../inputError.ts";
import { parseIrMeasure } from "./irMeasures.ts";
import { FAMILIES, measureOf, NOT_COMPUTED, type Measure } from "./measureFamilies.ts";
import { parseCut } from "./parseCut.ts";

/** trec_eval's "official" set: what it prints when nothing is asked for. */
export const OFFICIAL_MEASURES: readonly string[] = [
  "runid",
  "num_q",
  "num_ret",
  "num_rel",
  "num_rel_ret",
  "map",
  "gm_map",
  "Rprec",
  "bpref",
  "recip_rank",
  "iprec_at_recall",
  "P",
];

/**
 * One measure, or several where a name without a cut stands for trec_eval's default cuts.
 *
 * @param asked `map`, `ndcg_cut_10`, `P.5,10` (trec_eval), `nDCG@10`, `AP(rel=2)`, `R@100` (ir_measures, any case), `official`
 * @throws SpecError naming what was asked and what is known
 */
export function parseMeasure(asked: string): Measure[] {
  if (asked === "official") return OFFICIAL_MEASURES.flatMap(parseMeasure);
  const exact = Object.hasOwn(FAMILIES, asked) ? FAMILIES[asked] : undefined;
  if (exact)
    return exact.cuts
      ? exact.cuts.map((cut) => measureOf(asked, exact, cut))
      : [measureOf(asked, exact, undefined)];

  const [, head = "", mark, tail = ""] =
    /^(.+)(_)([\d.]+)$/.exec(asked) ?? /^([^@.(]+)(\.)(.+)$/.exec(asked) ?? [];
  if (NOT_COMPUTED.test(asked) || NOT_COMPUTED.test(head)) {
    throw new SpecError(`measure "${asked}" is one of trec_eval's that the lab does not compute`);
  }
  const family = Object.hasOwn(FAMILIES, head) ? FAMILIES[head] : undefined;
  if (family?.cuts) {
    const cuts = mark === "." ? tail.split(",") : [tail];
    return cuts.map((text) => measureOf(head, family, parseCut(text, family.kind ?? "rank", asked)));
  }
  const measure = parseIrMeasure(asked);
  if (measure) return [measure];
  const known = Object.entries(FAMILIES).map(([name, { cuts }]) => (cuts ? `${name}_K` : name));
  throw new SpecError(`unknown measure "${asked}", known are ${known.join(", ")} and ir_measures' names`);
}

/** Several names, each resulting measure once, in the order asked for. */
export function parseMeasures(asked: readonly string[]): Measure[] {
  return [...new Map(asked.flatMap(parseMeasure).map((measure) => [measure.name, measure])).values()];
}
