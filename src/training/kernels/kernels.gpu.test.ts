// Every kernel's WGSL, by the same checks as its arrays version.
import { beforeAll } from "vitest";
import { kernelEdges } from "../../testing/engine/kernelEdges.ts";
import { kernelMeanings } from "../../testing/engine/kernelMeanings.ts";
import { kernelSuite } from "../../testing/engine/kernelSuite.ts";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";

await describeGpu("kernels on webgpu", () => {
  beforeAll(async () => {
    await startNodeBackend("webgpu");
  });
  kernelSuite();
  kernelMeanings();
  kernelEdges();
});
