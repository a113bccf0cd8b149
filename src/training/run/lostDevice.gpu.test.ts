// A graphics device that is lost during a run: the run says so, and the next one starts on a new device.
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { memoryPorts, openControl } from "../../testing/memoryPorts.ts";
import { smallCorpus } from "../../testing/smallCorpus.ts";
import { runExperiment } from "./runExperiment.ts";

const spec = {
  ...DEFAULT_SPEC,
  data: { ...DEFAULT_SPEC.data, train: "small", split: "all" as const },
  languages: { ...DEFAULT_SPEC.languages, train: { de: 1, en: 1 }, heldOut: [] },
  batch: { ...DEFAULT_SPEC.batch, size: 4 },
  encoder: { ...DEFAULT_SPEC.encoder, width: 16 },
  steps: 6,
  evalEvery: 0,
};

/** @param onStep called before step n is trained, from 1 */
async function run(onStep: (n: number) => void): Promise<string> {
  const corpus = smallCorpus({ languages: ["de", "en"], nConcepts: 24 });
  const ports = { ...memoryPorts(corpus), startDevice: () => startNodeBackend("webgpu") };
  let steps = 0;
  const trainGate = () => Promise.resolve(onStep(++steps));
  const types: string[] = [];
  for await (const { type } of runExperiment(spec, ports, { ...openControl, trainGate }, () => undefined)) {
    types.push(type);
  }
  return types.at(-1)!;
}

await describeGpu("a lost device", () => {
  it("ends the run with what happened, and leaves the next run well", async () => {
    const lose = (n: number) => {
      if (n === 3) (tf.backend() as unknown as { device: GPUDevice }).device.destroy();
    };
    await expect(run(lose)).rejects.toMatchObject({
      name: "DeviceLostError",
      message: expect.stringMatching(/^The graphics device was lost \(.*\); start the run again/) as string,
    });
    expect(await run(() => undefined)).toBe("finished");
  });
});
