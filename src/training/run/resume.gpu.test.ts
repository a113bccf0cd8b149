// A run that is killed and gone on with, on webgpu; all cases there: resume.long.test.ts.
import { describeGpu } from "../../testing/engine/nodeBackends.ts";
import { resumeSuite } from "../../testing/engine/resumeSuite.ts";

await describeGpu("on webgpu", () => resumeSuite("webgpu", ["layers, cosine rate, clipped"]));
