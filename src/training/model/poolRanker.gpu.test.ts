// Counting in WGSL, by the same checks.
import { beforeAll } from "vitest";
import { describeGpu, startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { rankingSuite } from "../../testing/engine/rankingSuite.ts";

await describeGpu("ranking a pool on webgpu", () => {
  beforeAll(async () => {
    await startNodeBackend("webgpu");
  });
  rankingSuite();
});
