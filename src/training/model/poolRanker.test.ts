// Counting on the backends that run anywhere.
import { beforeAll, describe } from "vitest";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { rankingSuite } from "../../testing/engine/rankingSuite.ts";

describe.each(["cpu", "wasm"] as const)("ranking a pool on %s", (backend) => {
  beforeAll(async () => {
    await startNodeBackend(backend);
  });
  rankingSuite();
});
