import { beforeAll } from "vitest";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { paritySuite } from "../../testing/checkpoints/paritySuite.ts";

await describeGpu("on WebGPU, a checkpoint gives", () => {
  beforeAll(async () => void (await startNodeBackend("webgpu")));
  paritySuite();
});
