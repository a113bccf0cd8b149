// Whether a run keeps what it allocates: tensors, heap and WebAssembly memory over 1,000 steps on wasm.
import { ceiling, type Case } from "../case.ts";
import { startWasm } from "../device.ts";
import { sampleMemory } from "../memoryRun.ts";
import { SMALL } from "../../src/training/benchmark/stepShape.ts";

export const memory: Case = {
  name: "memory",
  about:
    "1,000 steps of a bag of pieces with changing lengths, wasm: what is held afterwards against after 100",
  async run() {
    await startWasm();
    const [early, late] = (await sampleMemory({ ...SMALL, layers: 0, vocabSize: 4000 }, [100, 1000])) as [
      Awaited<ReturnType<typeof sampleMemory>>[0],
      Awaited<ReturnType<typeof sampleMemory>>[0],
    ];
    return [
      ceiling({
        name: "tensors-1000-steps",
        unit: "tensors",
        value: late.tensors,
        limit: early.tensors,
        limitName: "after 100 steps",
      }),
      ceiling({
        name: "heap-1000-steps",
        unit: "MiB",
        value: late.heapMiB,
        limit: early.heapMiB + 8,
        limitName: "after 100 steps + 8 MiB",
      }),
    ];
  },
};
