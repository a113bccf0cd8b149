// What is written is read again to the bit; what is not whole, or not ours, is refused in one sentence.
import { beforeAll, describe, expect, it } from "vitest";
import fc from "fast-check";
import { ofKinds } from "../../core/spec/batchKind.ts";
import "../../testing/propertySeed.ts";
import { memorySnapshots } from "../../testing/memorySnapshots.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { DataError, SpecError } from "../../core/inputError.ts";
import { sendPulsesTo } from "../engine/pulse.ts";
import { layOutTensors, safetensorsParts, writeSafetensors } from "../tensorFile/writeSafetensors.ts";
import { lastSnapshot } from "./lastSnapshot.ts";
import { readSnapshot, snapshotParts, type Snapshot } from "./snapshotFile.ts";

const snapshot: Snapshot = {
  spec: { ...DEFAULT_SPEC, seed: 7 },
  environment: {
    backend: "wasm",
    adapter: "wasm SIMD, 2 threads",
    versions: { lab: "0.2.0" },
    dataSha256: { small: "0".repeat(64) },
    encoderSha256: "f".repeat(64),
  },
  state: {
    step: 12,
    counts: { realised: { mono: 0.1 + 0.2, de: 48 }, recent: { cross: 1 / 3, mono: 2 / 3 } },
    points: [
      { step: 0, metric: "map/mono", value: 0.1, lang: "de" },
      { step: 12, metric: "loss/mono", value: 1e-17, kind: "mono" },
    ],
    trajectory: [{ step: 3, ratio: ofKinds({ mono: 0.25, cross: 0.75 }) }],
    measured: 0,
  },
  pieceIds: Int32Array.of(0, 3, 9),
  tensors: {
    "value/a": { shape: [3, 2], data: Float32Array.of(0.1, -0, 1e-40, 3, 4, 5) },
    "m/a": { shape: [3, 2], data: new Float32Array(6) },
  },
};
const joined = async (parts: Iterable<Uint8Array>) =>
  new Uint8Array(await new Blob(Array.from(parts, (part) => part.slice())).arrayBuffer());
let file: Uint8Array<ArrayBuffer>;
beforeAll(async () => void (file = await joined(snapshotParts(snapshot))));

it("gives signs of life while it is written and read: its hash takes seconds of a large model", () => {
  const large = { shape: [2 ** 22], data: new Float32Array(2 ** 22) }; // 16 MiB
  let ms = 0;
  let pulses = 0;
  sendPulsesTo(
    () => pulses++,
    () => (ms += 1000),
  );
  try {
    const parts = [...snapshotParts({ ...snapshot, tensors: { "value/a": large } })];
    expect(pulses).toBeGreaterThanOrEqual(4);
    const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
    pulses = 0;
    readSnapshot(bytes, "a snapshot");
    expect(pulses).toBeGreaterThanOrEqual(4);
  } finally {
    sendPulsesTo(undefined);
  }
});

describe("a snapshot as a file", () => {
  it("is the same of tensors that lie elsewhere, each looked up and copied when its part is asked for", () => {
    let memory = Float32Array.of(0.1, -0, 1e-40, 3, 4, 5);
    const lent = { shape: [3, 2], lent: () => memory };
    const parts: Uint8Array[] = [];
    for (const part of snapshotParts({ ...snapshot, tensors: { ...snapshot.tensors, "value/a": lent } })) {
      parts.push(part.slice());
      const grown = memory.slice(); // as WebAssembly's memory does: what was looked at before is gone
      memory.fill(9);
      memory = grown;
    }
    expect(Buffer.concat(parts).equals(file)).toBe(true);
  });

  it("is the same of a long tensor that lies elsewhere, copied piece by piece", async () => {
    const data = Float32Array.from({ length: 700_001 }, (_, i) => i / 7);
    const shape = [data.length];
    const of = (tensor: { data: Float32Array } | { lent: () => Float32Array }) =>
      snapshotParts({ ...snapshot, tensors: { "value/a": { shape, ...tensor } } });
    const longest = Math.max(...Array.from(of({ lent: () => data }), (part) => part.length));
    expect(longest).toBeLessThanOrEqual(2 ** 20);
    expect(Buffer.from(await joined(of({ lent: () => data }))).equals(await joined(of({ data })))).toBe(true);
  });

  it("comes back to the bit", () => {
    const read = readSnapshot(file, "s");
    expect(read).toEqual(snapshot);
    expect(Object.keys(read.state.counts.recent)).toEqual(["cross", "mono"]); // the order of their sum
  });

  it("is refused with any bit changed, or cut anywhere", () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(7), (at, bit) => {
        const damaged = file.slice();
        damaged[at]! ^= 1 << bit;
        expect(() => readSnapshot(damaged, "s")).toThrow(/^s[ :]/);
      }),
    );
    fc.assert(
      fc.property(fc.nat(file.length - 1), (end) => {
        expect(() => readSnapshot(file.subarray(0, end), "s")).toThrow(DataError);
      }),
    );
  });

  it("of another format is refused by its name", async () => {
    const metadata = { format: "hybrid-batch-lab/snapshot@2", sha256: "0".repeat(64) };
    const other = await joined(safetensorsParts(layOutTensors({}), metadata));
    expect(() => readSnapshot(other, "s")).toThrow(SpecError);
    expect(() => readSnapshot(other, "s")).toThrow(
      "s is of format hybrid-batch-lab/snapshot@2; this lab reads hybrid-batch-lab/snapshot@1",
    );
    expect(() => readSnapshot(writeSafetensors({}), "s")).toThrow("but no snapshot of a run");
    expect(() => readSnapshot(Uint8Array.of(1, 2, 3), "s")).toThrow("s: has 3 bytes");
  });

  it("of a run that cannot be is refused with the field's name", async () => {
    const wrong = async (change: Partial<Snapshot>) => joined(snapshotParts({ ...snapshot, ...change }));
    const state = { ...snapshot.state, step: -1 };
    const bytes = await wrong({ state });
    expect(() => readSnapshot(bytes, "s")).toThrow(
      /^s: state\.step is not as in a hybrid-batch-lab\/snapshot@1/,
    );
    const spec = await wrong({ spec: { ...DEFAULT_SPEC, steps: 0 } });
    expect(() => readSnapshot(spec, "s")).toThrow("s: spec: steps must be");
  });
});

describe("the last snapshot", () => {
  it("is the newest that is whole; the others are told", async () => {
    const store = memorySnapshots(3);
    const told: string[] = [];
    const last = () => lastSnapshot(store, "a.json.snapshots", (sentence) => told.push(sentence));
    expect(await last()).toBeUndefined();
    await store.write(50, [file]);
    await store.write(100, [file.subarray(0, file.length - 9)]);
    expect(await last()).toEqual(snapshot);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^a\.json\.snapshots, step 100: .*; the one of step 50 is tried$/);
    await store.remove(50);
    expect(await last()).toBeUndefined();
    expect(told[1]).toMatch(/there is no other$/);
  });

  it("of another format is passed over too, but told as an error where no other is whole", async () => {
    const store = memorySnapshots(3);
    const metadata = { format: "hybrid-batch-lab/snapshot@2", sha256: "" };
    await store.write(100, safetensorsParts(layOutTensors({}), metadata));
    await expect(lastSnapshot(store, "p", () => undefined)).rejects.toThrow("p, step 100 is of format");
    await store.write(50, [file]);
    expect(await lastSnapshot(store, "p", () => undefined)).toEqual(snapshot);
  });
});
