// What is kept of the last run's encoder, and what is read anew.
import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { isCollected } from "../../testing/isCollected.ts";
import type { ModelWeights } from "../model/weights.ts";
import type { StartEncoder } from "./startEncoder.ts";
import { createKeptEncoder, withKeptWeights } from "./keptEncoder.ts";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** Opens encoders that count how often their rows are taken. */
function counted(most?: number) {
  const opened: string[] = [];
  let loads = 0;
  const open = (id: string) => async (): Promise<StartEncoder> => {
    opened.push(id);
    await Promise.resolve();
    return { load: () => Promise.resolve({ sha256: `${id} ${++loads}` }) } as unknown as StartEncoder;
  };
  const kept = createKeptEncoder(most);
  return { opened, use: (id: string) => kept.open(id, open(id)), kept };
}

const load = async (encoder: StartEncoder, pieces: number[], spec = DEFAULT_SPEC.encoder, longest = 20) =>
  (await encoder.load(spec, Int32Array.from(pieces), createRandom(1), () => undefined, longest)).sha256;

describe("the encoder of the last run", () => {
  it("is opened once while its id stays, and only the last one is kept", async () => {
    const { opened, use } = counted();
    for (const id of ["distilled-mini", "distilled-mini", "distilled-weak", "distilled-mini"]) await use(id);
    expect(opened).toEqual(["distilled-mini", "distilled-weak", "distilled-mini"]);
  });

  it("stays beside others where more are held, the least used goes first", async () => {
    const { opened, use } = counted(2);
    const [mini, weak, small] = ["distilled-mini", "distilled-weak", "distilled-small"];
    for (const id of [mini, weak, mini, weak, mini, small, mini, weak]) await use(id);
    expect(opened).toEqual([mini, weak, small, weak]);
  });

  it("is opened anew where its files may have changed since", async () => {
    for (const id of ["local:mine", "hf:a/b", "hf:a/b@v2", "https://models.example/mine/"]) {
      const { opened, use } = counted();
      await use(id);
      await use(id);
      expect([id, opened.length]).toEqual([id, 2]);
    }
    const { opened, use } = counted();
    await use(`hf:a/b@${COMMIT}`);
    await use(`hf:a/b@${COMMIT}`);
    expect(opened).toHaveLength(1);
  });

  it("gives its rows again for the same pieces and settings, and no others", async () => {
    const { use } = counted();
    const encoder = await use("distilled-mini");
    expect(await load(encoder, [1, 2])).toBe("distilled-mini 1");
    expect(await load(await use("distilled-mini"), [1, 2])).toBe("distilled-mini 1");
    expect(await load(encoder, [1, 3])).toBe("distilled-mini 2");
    expect(await load(encoder, [1])).toBe("distilled-mini 3");
    expect(await load(encoder, [1], { ...DEFAULT_SPEC.encoder, maxTokens: 9 })).toBe("distilled-mini 4");
    expect(await load(encoder, [1], undefined, Infinity)).toBe("distilled-mini 5");
    expect(await load(encoder, [1, 2])).toBe("distilled-mini 6"); // only the last are held
  });

  it("keeps rows in the form that takes less room, and makes them again in arrays of their own", async () => {
    let made = 0;
    const loaded = { weights: "first", sha256: "f", notice: "n", again: () => `made ${++made}` };
    const encoder = await createKeptEncoder().open("distilled-mini", () =>
      Promise.resolve({ load: () => Promise.resolve(loaded) } as unknown as StartEncoder),
    );
    const taken = () =>
      encoder.load(DEFAULT_SPEC.encoder, Int32Array.of(1), createRandom(1), () => undefined);
    expect(await taken()).toBe(loaded);
    expect(await taken()).toEqual({ ...loaded, weights: "made 1" });
    expect(await taken()).toEqual({ ...loaded, weights: "made 2" });
  });

  it("holds nothing of the rows that it can make again", async () => {
    const once = async () => {
      const weights = {} as ModelWeights;
      const given = [{ weights, sha256: "f", again: () => ({}) as ModelWeights }];
      const encoder = withKeptWeights({
        load: () => Promise.resolve(given.pop()),
      } as unknown as StartEncoder);
      await encoder.load(DEFAULT_SPEC.encoder, Int32Array.of(1), createRandom(1), () => undefined);
      return { encoder, seen: new WeakRef(weights) };
    };
    const { encoder, seen } = await once();
    expect(await isCollected(seen)).toBe(true);
    expect(encoder).toBeDefined();
  });

  it("draws random weights for every run", async () => {
    const { opened, use } = counted();
    expect(await load(await use("random"), [1])).toBe("random 1");
    expect(await load(await use("random"), [1])).toBe("random 2");
    expect(opened).toHaveLength(1); // its tokenizer is the same
  });

  it("is tried again after a failure", async () => {
    const { use, kept } = counted();
    const failing = () => Promise.reject(new Error("offline"));
    await expect(kept.open("distilled-mini", failing)).rejects.toThrow("offline");
    expect(await load(await use("distilled-mini"), [1])).toBe("distilled-mini 1");
  });
});
