// What baselines are called in front of people, in one order. Measures nothing.
import { counted } from "../counted.ts";
import { wholeText } from "../numbersIn.ts";
import { MEANS_FROM, type Baselines, type MeansTexts } from "../record/baselines.ts";
import type { Values } from "../metrics/evaluation.ts";

export interface BaselineRow {
  readonly id: string;
  readonly label: string; // "before training, language means subtracted"
  readonly values: Values;
}

export function baselineRows({ bm25, start, end }: Baselines): BaselineRow[] {
  const of = (when: string, id: string, own: Baselines["start"]): BaselineRow[] => [
    {
      id: `${id}/languageMeans`,
      label: `${when}, language means subtracted`,
      values: own.languageMeans.values,
    },
    { id: `${id}/shift`, label: `${when}, SHIFT (passages alone)`, values: own.shift.values },
  ];
  return [
    ...(bm25 ? [{ id: "bm25", label: "BM25, own language", values: bm25.values }] : []),
    ...of("before training", "start", start),
    ...(end ? of("trained", "end", end) : []),
  ];
}

const SOURCES: Readonly<Record<MeansTexts["from"], string>> = {
  training: "of training",
  unseen: "that training never drew from (unlabelled text of languages that are not trained on)",
  pool: "that are searched, since the set has no others",
};

/** "means of 1,190 to 1,997 sentences of training in 9 languages; …" */
export function meansSentence({ texts }: Pick<Baselines, "texts">): string {
  const parts = MEANS_FROM.flatMap((from) => {
    const sizes = Object.values(texts).flatMap((own) => (own.from === from ? [own.n] : []));
    if (sizes.length === 0) return [];
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    const n =
      least === most ? counted(most, "sentence") : `${wholeText(least)} to ${counted(most, "sentence")}`;
    return [`means of ${n} ${SOURCES[from]}, in ${counted(sizes.length, "language")}`];
  });
  return parts.join("; ");
}
