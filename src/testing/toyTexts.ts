// An invented parallel text in piece ids: language "xx" says each English word with one of its own. For distillation's tests.
import type { Recipe } from "../core/distill/recipe.ts";
import { createRandom } from "../core/random.ts";
import type { LoadedSource, SourceRow } from "../training/distill/textGroups.ts";

export const TOY_WORDS = 60; // English words are 4 .. 63, those of "xx" 64 .. 123
export const TOY_PIECES = 4 + 2 * TOY_WORDS;

/** (V) all words equally likely. */
export const toyLogProbs = Float32Array.from({ length: TOY_PIECES }, (_, id) =>
  id < 4 ? 0 : Math.log(1 / (2 * TOY_WORDS)),
);

/** One set of `n` sentences of 8 words; every fourth is test. The words of "xx" stand in another order. */
export function toySource(n: number): LoadedSource {
  const random = createRandom(7);
  const rows: SourceRow[] = [];
  for (let i = 0; i < n; i++) {
    const words = Array.from({ length: 8 }, () => 4 + random.int(TOY_WORDS));
    const other = random.shuffle(words.map((word) => word + TOY_WORDS));
    const shared = { split: i % 4 === 3 ? "test" : "train", concepts: [`s${i}`] } as const;
    for (const side of ["queries", "passages"] as const) {
      rows.push({ ...shared, side, lang: "en", tokens: Int32Array.from(words) });
      rows.push({ ...shared, side, lang: "xx", tokens: Int32Array.from(other) });
    }
  }
  return { source: { id: "toy", use: "sentences", weight: 1, dropTestPhrases: false }, rows };
}

/** Small enough to run in a second. */
export function toyRecipe(changes: Partial<Recipe> = {}): Recipe {
  const train = { width: 24, steps: 40, batchSize: 32, learningRate: 5e-3, decay: 0.4, temperature: 0.05 };
  return {
    name: "toy",
    seed: 1,
    bitext: true,
    sources: [toySource(0).source],
    languages: { boosted: ["en", "xx"], boost: 1, englishBoost: 1 },
    frequencyConstant: 1e-2,
    alignment: { iterations: 3, minCount: 0.05, strength: 3 },
    batches: { monoShare: 0.5, fixedPassages: 0.5, noise: 3 },
    teacher: { ...train, width: 48 },
    student: { ...train, objective: "scores", teacherWeight: 0.5 },
    ...changes,
  };
}
