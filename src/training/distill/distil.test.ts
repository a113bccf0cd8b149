// The stages on an invented language pair, on wasm: what they reach, and that they repeat bit for bit.
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Recipe } from "../../core/distill/recipe.ts";
import { createRandom } from "../../core/random.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { toyLogProbs, toyRecipe, toySource } from "../../testing/toyTexts.ts";
import { createModel } from "../model/model.ts";
import type { Checkpoint, ModelWeights } from "../model/weights.ts";
import { TOKEN_WEIGHTS, WORD_EMBEDDINGS } from "../model/encoderConfig.ts";
import { evaluateModel } from "../evaluate/evaluateModel.ts";
import { noisyTask } from "./devSet.ts";
import { distil, stageConfig, type DistilState, type StageName } from "./distil.ts";
import { inverseFrequency, pieceShares } from "./pieceWeights.ts";
import { readState, writeState } from "./stateFile.ts";
import { groupTexts } from "./textGroups.ts";

beforeAll(() => startNodeBackend("wasm"));

const loaded = [toySource(400)];
const store = groupTexts(loaded, "train");
const shares = pieceShares(store, toyLogProbs);
const inputOf = (recipe: Recipe) => ({
  recipe,
  store,
  shares,
  maxTokens: 16,
  random: createRandom(recipe.seed),
});

async function run(recipe: Recipe, state: DistilState = {}, stopAfter?: { stage: StageName; step: number }) {
  const made: Partial<Record<StageName, ModelWeights>> = {};
  const starts: Partial<Record<StageName, ModelWeights>> = {};
  const losses: number[] = [];
  for await (const event of distil(inputOf(recipe), state)) {
    if (event.type === "start") starts[event.stage] = event.weights;
    if (event.type === "done") made[event.stage] = event.weights;
    if (event.type !== "step") continue;
    losses.push(event.loss);
    if (stopAfter?.stage === event.stage && stopAfter.step === event.step) {
      return { made, starts, losses, checkpoint: await event.model.checkpoint() };
    }
  }
  return { made, starts, losses };
}

const hashOf = ({ tensors }: ModelWeights) =>
  createHash("sha256").update(tensors[WORD_EMBEDDINGS]!.data).digest("hex");

async function dev(weights: ModelWeights) {
  const heldOut = groupTexts(loaded, "test");
  const options = { noise: 3, shares, random: createRandom(3) };
  const task = noisyTask(heldOut, heldOut.sets[0]!, ["en", "xx"], options);
  const model = createModel(weights);
  const { result } = await evaluateModel(model, task, { gate: () => Promise.resolve() }, () => undefined);
  model.dispose();
  return { mono: result.values["map/mono"]!, cross: result.values["map/cross"]!, queries: result.queries };
}

describe("distil", () => {
  it("aligns the languages and keeps words matching words", async () => {
    const { made } = await run(toyRecipe());
    const random = await run(
      toyRecipe({ bitext: false, student: { ...toyRecipe().student, objective: "start", steps: 1 } }),
    );
    const before = await dev(random.starts.student!);
    const after = await dev(made.student!);
    expect(before.queries).toBe(200); // 100 held-out sentences in two languages
    expect(before.cross).toBeLessThan(0.15); // nothing shared: chance is 0.05
    expect(after.cross).toBeGreaterThan(before.cross + 0.3);
    expect(after.mono).toBeGreaterThan(before.mono - 0.1);
  }, 60_000);

  it("leaves the languages apart when it may not look at translations", async () => {
    const recipe = toyRecipe({ bitext: false });
    const { made } = await run({ ...recipe, student: { ...recipe.student, objective: "start" } });
    expect(made.teacher).toBeUndefined();
    const figures = await dev(made.student!);
    expect(figures.cross).toBeLessThan(0.15);
    expect(figures.mono).toBeGreaterThan(0.8);
  }, 60_000);

  it("gives the same bits again, and others for another seed", async () => {
    const first = await run(toyRecipe());
    const second = await run(toyRecipe());
    const other = await run(toyRecipe({ seed: 2 }));
    expect(hashOf(second.made.student!)).toBe(hashOf(first.made.student!));
    expect(second.losses).toEqual(first.losses);
    expect(hashOf(other.made.student!)).not.toBe(hashOf(first.made.student!));
  }, 60_000);

  it("resumes within a stage from its stored checkpoint with the bits of a run that never stopped", async () => {
    const recipe = toyRecipe();
    const whole = await run(recipe);
    const stopped = await run(recipe, {}, { stage: "student", step: 15 });
    const teacher = (await run(recipe, {}, { stage: "teacher", step: 40 })).checkpoint!;
    const stored = async (stage: StageName, checkpoint: Checkpoint) => {
      const bytes = writeState(checkpoint);
      const files = {
        label: "memory",
        read: () => Promise.resolve(undefined),
        open: (name: string) =>
          Promise.resolve(
            name === "model.safetensors"
              ? { bytes: bytes.length, stream: new Blob([bytes]).stream() }
              : undefined,
          ),
      };
      return (await readState(files, stageConfig(inputOf(recipe), stage)))!;
    };
    const resumed = await run(recipe, {
      teacher: await stored("teacher", teacher),
      student: await stored("student", stopped.checkpoint!),
    });
    expect(resumed.losses).toEqual(whole.losses.slice(40 + 15));
    expect(hashOf(resumed.made.student!)).toBe(hashOf(whole.made.student!));
  }, 60_000);

  it("never trains the token weights", async () => {
    const recipe = toyRecipe();
    const { made } = await run(recipe);
    const expected = inverseFrequency(shares, recipe.frequencyConstant);
    expect(made.student!.tensors[TOKEN_WEIGHTS]!.data).toEqual(expected);
  }, 60_000);

  it.each(["cosine", "mse"] as const)(
    "takes the teacher's vectors as targets (%s)",
    async (objective) => {
      const recipe = toyRecipe();
      const { made } = await run({
        ...recipe,
        teacher: { ...recipe.teacher, width: 24 },
        student: { ...recipe.student, objective, teacherWeight: 1 },
      });
      expect((await dev(made.student!)).cross).toBeGreaterThan(0.3);
    },
    60_000,
  );
});
