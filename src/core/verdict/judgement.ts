// What an interval of a difference says, as one of six words. Knows no run and no sentence.
import type { Metric } from "../metrics/metric.ts";

/**
 * `better`, `worse`: 0 is outside. `same`: no difference as large as one that matters. `notBetter`, `notWorse`: none as
 * large in that direction, the other is open. `undecided`: both are open. The lower case of STUDIES' words: "no
 * difference" is never said of an interval that has room for one.
 */
export type Judgement = "better" | "worse" | "same" | "notBetter" | "notWorse" | "undecided";

export interface Judged {
  readonly judgement: Judgement;
  readonly small: boolean; // all of the interval is smaller than what matters
  readonly matters: number; // the smallest difference that matters
}

/** The smallest difference that matters: half a point of mAP, a point of a share, 5 % of a rank distance. */
const MATTERS = { score: 0.005, share: 0.01, ranks: 0.05, other: 0.01 } as const;

/**
 * @param value of what the difference is from: of ranks a share of it matters
 * @param decided whether a test agrees that 0 is left out; an interval alone decides where there is none
 */
export function judge(
  { scale, better }: Pick<Metric, "scale" | "better">,
  { low, high }: { readonly low: number; readonly high: number },
  value: number,
  decided = true,
): Judged {
  const matters = MATTERS[scale] * (scale === "ranks" ? Math.abs(value) : 1);
  const [least, most] = better === "lower" ? [-high, -low] : [low, high];
  const small = least > -matters && most < matters;
  const judgement = (): Judgement => {
    if (decided && least > 0) return "better";
    if (decided && most < 0) return "worse";
    if (small) return "same";
    if (most < matters) return "notBetter";
    return least > -matters ? "notWorse" : "undecided";
  };
  return { judgement: judgement(), small, matters };
}
