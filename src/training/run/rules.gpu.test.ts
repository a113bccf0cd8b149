// Rules in a run, on webgpu: the gradient's norm comes from a kernel there.
import { describeGpu } from "../../testing/engine/nodeBackends.ts";
import { rulesSuite } from "../../testing/engine/rulesSuite.ts";

await describeGpu("on webgpu", () => rulesSuite("webgpu", ["exp3", "gradNorm, layers"]));
