import { beforeAll, describe } from "vitest";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import { paritySuite } from "../../testing/checkpoints/paritySuite.ts";

describe.each(["cpu", "wasm"] as const)("on %s, a checkpoint gives", (backend) => {
  beforeAll(async () => void (await startNodeBackend(backend)));
  paritySuite();
});
