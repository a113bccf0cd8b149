// Every case of a run that is killed and gone on with, on webgpu: SwiftShader takes ten seconds for each.
import { describeGpu } from "../../testing/engine/nodeBackends.ts";
import { resumeSuite } from "../../testing/engine/resumeSuite.ts";

await describeGpu("on webgpu", () => resumeSuite("webgpu"));
