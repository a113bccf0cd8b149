// Every kernel on the backends that run anywhere.
import { beforeAll, describe } from "vitest";
import { kernelEdges } from "../../testing/engine/kernelEdges.ts";
import { kernelMeanings } from "../../testing/engine/kernelMeanings.ts";
import { kernelSuite } from "../../testing/engine/kernelSuite.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";

describe.each(["cpu", "wasm"] as const)("kernels on %s", (backend) => {
  beforeAll(async () => {
    await startNodeBackend(backend);
  });
  kernelSuite();
  kernelMeanings();
  kernelEdges();
});
