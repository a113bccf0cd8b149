// Distillation on the backends that run anywhere, and what a step refuses of a teacher.
import { beforeAll, describe, expect, it } from "vitest";
import { distillationSuite, tinyTeacher } from "../../testing/engine/distillationSuite.ts";
import { STEP, tinyBatch, tinyConfig, tinyWeights } from "../../testing/engine/modelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { createModel } from "../model/model.ts";

describe.each(["cpu", "wasm"] as const)("distillation on %s", (backend) => {
  beforeAll(async () => {
    await startNodeBackend(backend);
  });
  distillationSuite({ coordinates: 3 });

  it("names what of a teacher does not fit the batch", () => {
    const model = createModel(tinyWeights(tinyConfig()));
    const batch = tinyBatch(2, 1, "refused");
    const step = (changes: object, kind: "mse" | "scores" = "mse") => {
      const teacher = { ...tinyTeacher(batch, kind, 0.5), ...changes };
      return () => model.trainStep({ ...batch, teacher }, STEP);
    };
    expect(step({ weight: 1.5 })).toThrow("teacher.weight must be in [0, 1], got 1.5");
    expect(step({ width: 6 })).toThrow("teacher.width must be 8 for mse, got 6");
    expect(step({ queries: new Float32Array(3) })).toThrow("teacher.queries must hold 2 * 8 numbers, got 3");
    expect(step({ passages: new Float32Array(3) }, "scores")).toThrow("teacher.passages must hold 2 * 8");
    expect(step({ temperature: 0 }, "scores")).toThrow("teacher.temperature must be > 0, got 0");
    model.dispose();
  });
});
