// How old something is that the lab wrote: one count for links (`v`), records (`format`) and rows of the tables (`since`).

/**
 * What each age brought. A field, a batch kind or a metric that is new, and a default that changes, says the newest age in
 * its row; once that age has been released, it takes one more line here first.
 */
export const AGES = {
  1: "the first: runs start at random weights",
  2: "teachers, nDCG@10, recall@100; runs start at distilled-mini",
  3: "records say their age, the arithmetic that made them and where they were stopped; links say the last too",
  4: "batch.law: plans draw among what exists, weights hold on both sides and for any number of languages per batch",
  5: "evaluation on dev, concepts that training leaves out for it; a record may hold a final test",
  6: "runs start at distilled-bag; rules move mixes, loss weights and languages, or a hand does; decisions are in the record",
  7: "the learning rate is 0.003 where nothing is said: the taught bags of pieces want smaller steps; a record names what trained it where the lab did not",
  8: "runs start at distilled-bag-37k: more pieces in fewer directions, as many bytes",
  9: "the paper's presets start at distilled-small-spread: the layers of distilled-small, their vectors turned by one matrix",
  10: "the quick start has 150 steps and is evaluated every 25: a phone ends it in a minute and a half",
} as const;

export type Age = keyof typeof AGES;

/** Of what is written today. */
export const AGE = Math.max(...Object.keys(AGES).map(Number)) as Age;
