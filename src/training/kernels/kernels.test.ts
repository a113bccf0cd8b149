// Every kernel on the backends that run anywhere.
import { beforeAll, describe } from "vitest";
import { kernelMeanings } from "../../testing/kernelMeanings.ts";
import { kernelSuite } from "../../testing/kernelSuite.ts";
import { startNodeBackend } from "../../testing/nodeBackends.ts";

describe.each(["cpu", "wasm"] as const)("kernels on %s", (backend) => {
  beforeAll(async () => {
    await startNodeBackend(backend);
  });
  kernelSuite();
  kernelMeanings();
});
