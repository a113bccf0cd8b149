// Branches on webgpu; layers go on there in resume.gpu.test.ts.
import { branchSuite } from "../../testing/engine/branchSuite.ts";
import { describeGpu } from "../../testing/engine/nodeBackends.ts";

await describeGpu("a branch on webgpu", () => branchSuite("webgpu", ["a bag"]));
