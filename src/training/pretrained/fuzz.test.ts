// Whatever the files hold: a checkpoint, or one sentence, soon. Never another error, never a large allocation.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../testing/propertySeed.ts";
import {
  memoryFolder,
  tinyFolder,
  tinyTensors,
  TINY_BERT,
  UNIGRAM_JSON,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { soon } from "../../testing/soon.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { writeSafetensors } from "../tensorFile/writeSafetensors.ts";
import { loadWeights } from "./loadWeights.ts";
import { openCheckpoint } from "./openCheckpoint.ts";

async function opensOrSays(files: FolderFiles): Promise<void> {
  try {
    await soon(
      async () => {
        const opened = await openCheckpoint(memoryFolder(files));
        await loadWeights(opened, DEFAULT_SPEC.encoder, Int32Array.of(1, 2), () => undefined);
      },
      () => JSON.stringify(files).slice(0, 2000),
    );
  } catch (error) {
    expect((error as Error).name).toBe("DataError");
    expect((error as Error).message).not.toContain("\n");
  }
}

/** FUZZ_RUNS counts cheaper cases. */
const RUNS = Math.ceil(Number(process.env["FUZZ_RUNS"] ?? 600) / 10);
const runs = { numRuns: RUNS };
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.integer(),
  fc.constantFrom(1e308, -1, 0, 2 ** 53, "bert", null),
);
/** The object with one of its keys given another value, or taken away. */
const altered = (object: object) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(object)), value)
    .map(([key, other]) => ({ ...object, [key]: other }));

describe("files of any content", { timeout: Math.max(30_000, 200 * RUNS) }, () => {
  it.each<[string, fc.Arbitrary<object>]>([
    ["config.json", altered({ ...TINY_BERT, hidden_act: "gelu" })],
    ["tokenizer.json", altered(UNIGRAM_JSON)],
    ["tokenizer.json", altered(UNIGRAM_JSON.model).map((model) => ({ ...UNIGRAM_JSON, model }))],
    [
      "modules.json",
      fc.array(
        fc.record({ path: fc.string(), type: fc.constantFrom("a.Transformer", "Pooling", "Dense", "x") }),
      ),
    ],
    ["config_sentence_transformers.json", altered({ prompts: { query: "q" } })],
    ["sentence_bert_config.json", altered({ max_seq_length: 12 })],
    ["model.safetensors.index.json", altered({ weight_map: {} })],
  ])("%s", async (name, content) => {
    await fc.assert(
      fc.asyncProperty(content, (object) => opensOrSays(tinyFolder(TINY_BERT, { [name]: object }))),
      runs,
    );
  });

  it.each(["F32", "I8"] as const)("model.safetensors of %s with bytes changed or cut", async (dtype) => {
    const whole = writeSafetensors(tinyTensors(TINY_BERT, "", dtype));
    const at = fc.oneof(fc.nat(400), fc.nat(whole.length - 1)); // in the header, or in scales and codes too
    const edit = fc.record({ at, byte: fc.nat(255), end: fc.nat(whole.length) });
    await fc.assert(
      fc.asyncProperty(edit, fc.boolean(), ({ at, byte, end }, cut) => {
        const bytes = whole.slice(0, cut ? end : whole.length);
        bytes[at] = byte;
        return opensOrSays(tinyFolder(TINY_BERT, { "model.safetensors": bytes }));
      }),
      runs,
    );
  });
});
