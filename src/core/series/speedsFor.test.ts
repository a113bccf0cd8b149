// By which speed a time is told, of three that may be known.
import { expect, it } from "vitest";
import { findShipped } from "../encoders/shippedEncoders.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { withPath } from "../spec/spec.ts";
import { speedKey } from "./measuredSpeeds.ts";
import { speedsFor } from "./speedsFor.ts";

const NOTHING = { measured: {}, pace: 1, playsGpu: false };
const spec = withPath(DEFAULT_SPEC, "compute.backend", "webgpu");

it("takes this device's own, else the table's at its pace, and none where the processor plays WebGPU", () => {
  const own = { pairs: 7, texts: 9 };
  const measured = { [speedKey(spec)]: own };
  const { pairs, texts } = findShipped(spec.encoder.id)!.speeds!;
  expect(speedsFor(spec, { ...NOTHING, pace: 4 })).toEqual({
    speeds: { pairs: pairs / 4, texts: texts / 4 },
    isHere: false,
  });
  expect(speedsFor(spec, { ...NOTHING, pace: undefined })).toBeUndefined(); // the table's would be a laptop's on a phone
  expect(speedsFor(spec, { measured, pace: undefined, playsGpu: false })!.speeds).toEqual(own);
  expect(speedsFor(spec, { ...NOTHING, playsGpu: true })).toBeUndefined();
  const onWasm = withPath(spec, "compute.backend", "wasm");
  expect(speedsFor(onWasm, { ...NOTHING, playsGpu: true })!.speeds).toEqual({ pairs, texts });
  expect(speedsFor(spec, { measured, pace: 4, playsGpu: true })).toEqual({ speeds: own, isHere: true });
});
