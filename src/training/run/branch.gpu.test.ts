// Branches on webgpu.
import { branchSuite } from "../../testing/engine/branchSuite.ts";
import { describeGpu } from "../../testing/engine/nodeBackends.ts";

await describeGpu("a branch on webgpu", () => branchSuite("webgpu", ["layers, cosine rate, clipped"]));
