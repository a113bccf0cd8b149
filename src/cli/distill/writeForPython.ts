// What Python is given: a student's tokenizer and texts to train another model on, or the first batches of a bag to check
// its steps by. Trains nothing here.
import path from "node:path";
import { vectorKey } from "../../core/distill/textLists.ts";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { ADAM, trainBag } from "../../training/vectorBag/trainBag.ts";
import { WORD_EMBEDDINGS } from "../../training/model/encoderConfig.ts";
import { writeSafetensors } from "../../training/tensorFile/writeSafetensors.ts";
import { replaceFile } from "../files/replaceFile.ts";
import type { VectorPlan } from "./planVectors.ts";
import type { BagWork } from "./runVectors.ts";

/** Steps that are held against PyTorch. */
const CHECKED_STEPS = 200;

/**
 * recipe.json; tokenizer.json of the kept pieces, special tokens and frame included; pieces.json, their ids in the teacher;
 * texts.jsonl, a line for each text: set, lang, kind, concept, split, text; and for those to train on where their vectors are: row of <key>.
 */
export async function writePrepared(out: string, recipe: VectorRecipe, plan: VectorPlan): Promise<void> {
  const lines: string[] = [];
  const ofTexts = plan.toEncode.slice(-plan.lists.length);
  plan.lists.forEach(({ set, lang, kind, texts }, l) => {
    const { prefix, texts: read } = ofTexts[l]!;
    const key = vectorKey(prefix, read);
    texts.forEach(({ concept, split, text }, row) =>
      lines.push(JSON.stringify({ set, lang, kind, concept, split, text, key, row })),
    );
  });
  for (const { set, lang, kind, texts } of plan.heldOut) {
    for (const { concept, split, text } of texts)
      lines.push(JSON.stringify({ set, lang, kind, concept, split, text }));
  }
  const write = (name: string, content: string) => replaceFile(path.join(out, name), content);
  await write("recipe.json", `${JSON.stringify(recipe, undefined, 2)}\n`);
  await write("tokenizer.json", plan.tokenizerJson);
  await write("pieces.json", JSON.stringify(Array.from(plan.pieceIds)));
  await write("texts.jsonl", `${lines.join("\n")}\n`);
}

/**
 * start.safetensors; step-N.safetensors of the first steps (tokens, offsets, concepts, targets); steps.json with the optimiser's
 * numbers, the rates, and the losses that the lab had, for scripts/teacher/bagSteps.py.
 */
export async function dumpSteps(out: string, { recipe, start, batches, rowLength }: BagWork): Promise<void> {
  const write = (name: string, content: string | Uint8Array) => replaceFile(path.join(out, name), content);
  const rows = start.tensors[WORD_EMBEDDINGS]!;
  await write("start.safetensors", writeSafetensors({ rows: { ...rows, dtype: "F32" } }));
  const { width } = start.config;
  const [losses, rates, milliseconds]: [number[], number[], number[]] = [[], [], []];
  let beforeMs = performance.now();
  for await (const { step, batch, loss, learningRate } of trainBag(recipe, batches, start, rowLength)) {
    milliseconds.push(performance.now() - beforeMs);
    losses.push(loss);
    rates.push(learningRate);
    const { tokens, offsets } = batch.texts;
    const tensors = {
      tokens: { dtype: "I32" as const, shape: [tokens.length], data: tokens },
      offsets: { dtype: "I32" as const, shape: [offsets.length], data: offsets },
      concepts: { dtype: "I32" as const, shape: [offsets.length - 1], data: batch.concepts },
      targets: { dtype: "F32" as const, shape: [offsets.length - 1, width], data: batch.targets },
    };
    await write(`step-${step}.safetensors`, writeSafetensors(tensors));
    if (step === CHECKED_STEPS) break;
    beforeMs = performance.now();
  }
  const { contrast, temperature } = recipe;
  const { beta1, beta2, epsilon } = ADAM;
  const numbers = { contrast, temperature, beta1, beta2, epsilon, rates, losses, milliseconds };
  await write("steps.json", JSON.stringify(numbers));
}
