// A small recipe towards a teacher's vectors, for tests on invented texts.
import type { BagRecipe, VectorRecipe } from "../core/distill/vectorRecipe.ts";

export const TOY_BAG: BagRecipe = {
  startCentre: "language",
  frequencyConstant: 1e-2,
  steps: 20,
  batchSize: 32,
  learningRate: 2e-2,
  warmUp: 4,
  contrast: 0.1,
  temperature: 0.05,
  stop: { every: 5, patience: 9, metrics: ["map/mono", "map/cross"] },
  dev: { set: "mills", languages: ["en", "ru"], noise: 1 },
  finish: { spread: 0.3, lengths: 0.8, width: 12 },
};

export function toyVectorRecipe(
  changes: Partial<VectorRecipe> = {},
): VectorRecipe & { readonly bag: BagRecipe } {
  const recipe = {
    kind: "vectors" as const,
    name: "toy-bag",
    seed: 1,
    teacher: { name: "toy", local: "toy", licence: "MIT", trainedOn: "It saw nothing." },
    maxTokens: 32,
    languages: [{ languages: ["en", "ru"], pieces: 1, draw: 1 }],
    sources: [{ id: "mills", kind: "passage" as const, pivot: "required" as const }],
    pieces: 60,
    targets: { centre: "language" as const, pivot: "en", together: 0.5 },
    ...changes,
  };
  return { layers: null, ...recipe, bag: changes.bag ?? TOY_BAG };
}
