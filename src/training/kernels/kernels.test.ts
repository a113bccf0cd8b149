// Every kernel on the backends that run anywhere.
import { beforeAll, describe } from "vitest";
import { kernelSuite } from "../../testing/kernelSuite.ts";
import { startNodeBackend } from "../../testing/nodeBackends.ts";

describe.each(["cpu", "wasm"] as const)("kernels on %s", (backend) => {
  beforeAll(async () => {
    await startNodeBackend(backend);
  });
  kernelSuite();
});
