// What a distillation is told: data, sizes, steps, seeds. Numbers only; the defaults are the shipped models' recipe.

/** How the texts of a set make pairs. */
export type SourceUse =
  /** Sentences, parallel between languages: any two, also a sentence and a noisy part of itself. */
  | "sentences"
  /** Questions, parallel between languages: whole, and never in a batch of one language. */
  | "questions"
  /** Queries with passages that answer them: as they are. */
  | "pairs";

export interface Source {
  readonly id: string; // dataset
  readonly use: SourceUse;
  readonly weight: number; // share of rows, before languages are drawn
  /** Leaves out phrases that are also names or keywords in the emoji test; otherwise they end the distillation. */
  readonly dropTestPhrases: boolean;
}

export interface TrainRecipe {
  readonly width: number; // D
  readonly steps: number;
  readonly batchSize: number; // B
  readonly learningRate: number; // after 100 steps of warm-up, until the last `decay` share of the steps
  readonly decay: number; // share of the steps over which the rate falls to 0
  readonly temperature: number;
}

export interface StudentRecipe extends TrainRecipe {
  /** "start": no teacher, the student is trained as the teacher was. */
  readonly objective: "scores" | "cosine" | "mse" | "start";
  readonly teacherWeight: number; // in [0, 1]; the rest is the ranking loss
}

export interface Recipe {
  readonly name: string;
  readonly seed: number;
  /** False: translations are never looked at, neither for the start vectors nor in batches. */
  readonly bitext: boolean;
  readonly sources: readonly Source[];
  /** Languages drawn more often than others, and how much more. */
  readonly languages: {
    readonly boosted: readonly string[];
    readonly boost: number;
    readonly englishBoost: number;
  };
  /** a of a piece's weight a / (a + its share of text in the languages that use it); stays as it is in training. */
  readonly frequencyConstant: number;
  readonly alignment: { readonly iterations: number; readonly minCount: number; readonly strength: number };
  readonly batches: {
    readonly monoShare: number; // of batches, in one language
    readonly fixedPassages: number; // share of the other batches whose passages are all in one language
    readonly noise: number; // pieces of another sentence in a query, at most
  };
  readonly teacher: TrainRecipe;
  readonly student: StudentRecipe;
}
