// The heap that tfjs fills: once full it refuses, and never gives out memory that is not there. Untouched memory costs the
// machine nothing, so gigabytes are asked for lightly here.
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { DeviceError } from "../../core/machineError.ts";
import { startNodeBackend } from "../../testing/engine/nodeBackends.ts";
import type { WasmHeap } from "./wasmHeap.ts";

const MiB = 2 ** 20;
let heap: WasmHeap;
beforeAll(async () => {
  await startNodeBackend("wasm");
  heap = (tf.backend() as unknown as { wasm: WasmHeap }).wasm;
});

it("gives what there is, more than 2 GiB too, and takes it back", async () => {
  const kept = tf.tensor1d([1, 2, 3]);
  const large = heap._malloc(3000 * MiB);
  expect(large).not.toBe(0);
  heap._free(large);
  const again = heap._malloc(1000 * MiB);
  heap._free(again);
  heap._malloc(0); // whatever it gives: nothing is never refused
  expect(Array.from(await tf.add(kept, 1).data())).toEqual([2, 3, 4]);
});

it("refuses a tensor of more bytes than an address can count", () => {
  expect(() => tf.zeros([2 ** 10, 2 ** 10, 2 ** 10 + 1])).toThrow("no room for another 4100 MiB");
});

it("refuses what does not fit in one sentence, also when it was started twice", async () => {
  await startNodeBackend("wasm");
  const given: [number, number][] = [];
  const fill = () => {
    for (;;) {
      const bytes = 512 * MiB;
      const from = heap._malloc(bytes) >>> 0;
      given.push([from, from + bytes]);
    }
  };
  expect(fill).toThrow(DeviceError);
  expect(fill).toThrow(
    "The WebAssembly device has no room for another 512 MiB; choose fewer languages, a smaller batch.size or a smaller encoder",
  );
  given.sort(([a], [b]) => a - b);
  expect(given.length).toBe(7); // 4 GiB less one block, since the heap needs some itself
  for (const [i, [from, to]] of given.entries()) {
    expect(from).toBeGreaterThan(i === 0 ? 0 : given[i - 1]![1] - 1); // none over another
    expect(to).toBeLessThanOrEqual(heap.HEAPU8.length);
  }
});
