import { expect, it } from "vitest";
import { letGo } from "./letGo.ts";

it("gives an array back where the engine can, and leaves it where it cannot", () => {
  const array = new Float32Array(4);
  letGo(array);
  expect(array).toHaveLength("transfer" in ArrayBuffer.prototype ? 0 : 4);
});
