// What a distillation towards a published teacher's vectors is told. Numbers and names only.

/** A set of parallel texts, and how the teacher reads them. */
export interface VectorSource {
  readonly id: string; // dataset
  readonly kind: "query" | "passage"; // which of the teacher's prefixes stands before a text
  /** "required": a text without a translation into the pivot ends the distillation. */
  readonly pivot: "required" | "optional";
}

/** Languages that count alike. Those that a set lacks are passed over. */
export interface LanguageTier {
  readonly languages: readonly string[];
  readonly pieces: number; // > 0, of a piece's share in such a language when pieces are chosen
  readonly draw: number; // in [0, 1], share of its texts in a pass; 0: only its pieces are counted
}

/** Where a text's vector should point. */
export interface TargetRecipe {
  /** What is subtracted from the teacher's vectors: the mean of the text's language and kind, one mean of all, or nothing. */
  readonly centre: "language" | "all" | "nothing";
  /** Whose vector of the same concept is averaged in; null: each text keeps its own. */
  readonly pivot: string | null;
  /** Weight of the mean over the targets of all texts of the concept, which is then added; 0: none. */
  readonly together: number;
}

/** What is done to a bag's rows after the last step (training/vectorBag/spreadRows.ts, strongestDirections.ts). */
export interface FinishRecipe {
  readonly spread: number; // in [0, 1]: 0 leaves the directions' strengths, 1 makes them equal
  readonly lengths: number; // in [0, 1], power of a row's length: 1 leaves them
  /** Directions that are kept, the strongest of the spread rows; null: all. */
  readonly width: number | null;
}

/** How the lab trains a bag of pieces, from the teacher's vectors of the pieces. */
export interface BagRecipe {
  /** What is subtracted from the teacher's vector of a piece: the mean of the pieces of its language, or of all. */
  readonly startCentre: "language" | "all";
  /** a of a start row's length a / (a + the piece's largest share in any language). */
  readonly frequencyConstant: number;
  readonly steps: number;
  readonly batchSize: number;
  /** Share of the mean length of a start row. Rises over `warmUp` steps, then falls to 0 at the last one. */
  readonly learningRate: number;
  readonly warmUp: number; // steps
  readonly contrast: number; // weight of the InfoNCE against the batch's targets, beside 1 - cosine
  readonly temperature: number;
  /** Measured on held-out texts every so many steps: the best is kept, and training ends when `patience` others were not better. */
  readonly stop: {
    readonly every: number;
    readonly patience: number;
    readonly metrics: readonly string[]; // their mean decides, e.g. "map/mono"
  };
  /** Held-out sentences of one set, asked by noisy parts of themselves. */
  readonly dev: { readonly set: string; readonly languages: readonly string[]; readonly noise: number };
  readonly finish: FinishRecipe | null;
}

/** How scripts/teacher/layers.py trains some of the teacher's layers on the kept pieces. */
export interface LayersRecipe {
  readonly kept: readonly number[]; // of the teacher's layers, from 0
  /** The recipe whose trained layers this one goes on from; null: the teacher's own. */
  readonly begin: string | null;
  /** "states": the teacher's last state of each piece, and their mean; "targets": as a bag. */
  readonly towards: "states" | "targets";
  readonly maxTokens: number; // of a text in training, its frame included
  readonly texts: number; // seen, the last batch filled up; 0: the layers stay as they begin
  readonly batchSize: number;
  readonly learningRate: number; // of AdamW; rises over `warmUp` steps, and falls to 0 at the last one from the first
  readonly warmUp: number; // steps
  readonly weightDecay: number; // of matrices
  readonly contrast: number; // weight of the InfoNCE against the batch's targets
  readonly temperature: number;
  readonly finish: LayersFinish | null;
}

/** A matrix behind the mean of the states: directions in which translations of one text differ most say less. */
export interface LayersFinish {
  readonly texts: number; // > 0, by whose vectors it is made
  readonly spread: number; // in [0, 1]: 0 leaves the directions' strengths, 1 makes them equal
}

export interface VectorRecipe {
  readonly kind: "vectors";
  readonly name: string;
  readonly seed: number;
  readonly teacher: {
    readonly name: string;
    readonly local: string; // as `lab model add` keeps it, where no --teacher is given
    readonly licence: string;
    readonly trainedOn: string; // a sentence for the card: what of the tests it saw
  };
  readonly maxTokens: number; // of a text as the teacher reads it
  readonly languages: readonly LanguageTier[];
  readonly sources: readonly VectorSource[];
  readonly pieces: number; // of the teacher's Unigram tokenizer
  readonly targets: TargetRecipe;
  /** One of the two is there. Layers are trained elsewhere, from what `--prepare` writes. */
  readonly bag: BagRecipe | null;
  readonly layers: LayersRecipe | null;
}
