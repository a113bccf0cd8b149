// What each measured figure means, in a sentence. Knows no numbers.

export const MEANINGS: readonly (readonly [prefix: string, words: string])[] = [
  [
    "product",
    "How fast this device multiplies matrices, in billions of additions and multiplications a second: the ceiling for everything with layers.",
  ],
  [
    "step/",
    "One training step on invented texts, from tokens to updated weights, with the loss read back. Pairs a second is the same time seen from the data: how many query and passage pairs it learns from. Kernels are what is left of one step without the waits between them, timed by the GPU’s own clock where it has one.",
  ],
  [
    "evaluation/",
    "Scoring and ranking with vectors given: one score is one query against one candidate. If it stays about the same as candidates double, time grows no faster than the work.",
  ],
];
