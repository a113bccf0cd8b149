import { expect, it } from "vitest";
import { testRecord } from "../../testing/testRecord.ts";
import { makerReasons } from "./repeatWords.ts";

it("names device and version where they differ, and nothing else", () => {
  const { environment } = testRecord;
  expect(makerReasons(environment, { ...environment, adapter: "wasm SIMD, 4 threads" })).toEqual([]);
  const here = { ...environment, adapter: "wasm SIMD FMA", versions: { lab: "0.3.0" } };
  expect(makerReasons(environment, here)).toEqual([
    ["device", "the record is of 1 wasm: wasm SIMD, this is of 1 wasm: wasm SIMD FMA"],
    ["version", "the record is of lab 0.1.0, this is of lab 0.3.0"],
  ]);
});
