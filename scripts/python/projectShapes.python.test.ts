// Projects whose losses have everything that one can have, and of another architecture: trained on two processes as on one.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { sentenceFolder, TINY_XLM_R } from "../../src/testing/checkpoints/checkpointFolder.ts";
import { judge } from "./judge.ts";
import {
  at,
  lab,
  python,
  train,
  recordAt,
  losses,
  agrees,
  partsAreBatches,
  openHome,
  makeProjects,
} from "./projectRuns.ts";

/** Everything that a loss can have: kinds in one batch, several right answers, weights of kinds, clipping. */
const MIXED = [
  "batch.unit=row",
  "batch.ratio=mono:0.3,cross:0.3,multi:0.3,mixedMono:0.1",
  "loss.weights=mono:0.5,cross:1,multi:2,mixedMono:1",
  "optimizer.clipNorm=0.5",
];
const RUNS = {
  rows: [
    ...MIXED,
    "encoder.id=random",
    "encoder.layers=1",
    "encoder.width=32",
    "optimizer.learningRate=0.001",
  ],
  xlmr: [
    "encoder.id=local:xlmr",
    "batch.ratio=multi:1",
    "encoder.maxTokens=16",
    "optimizer.learningRate=0.001",
  ],
};

/** A look-alike of XLM-R, as a folder and added to the lab. */
async function addXlmr(): Promise<void> {
  const tokenizer = JSON.parse(readFileSync("public/models/tokenizer/tokenizer.json", "utf8")) as object;
  const shape = { ...TINY_XLM_R, hidden_size: 32, intermediate_size: 64 };
  const padded = { tokenizer_class: "PreTrainedTokenizerFast", pad_token: "<pad>", unk_token: "<unk>" };
  const start = { ...sentenceFolder(shape, tokenizer, 24_000), "tokenizer_config.json": padded };
  for (const [name, content] of Object.entries(start)) {
    mkdirSync(path.dirname(at("xlmr-start", name)), { recursive: true });
    const isText = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(at("xlmr-start", name), isText ? content : JSON.stringify(content));
  }
  await lab("model", "add", "xlmr", "--from", at("xlmr-start"));
}

beforeAll(async () => {
  await openHome();
  await addXlmr();
  await makeProjects(RUNS);
}, 240_000);

describe("a project of other shapes trains as the lab does", { timeout: 600_000 }, () => {
  it("with kinds in one batch, several right answers, weights and clipping", async () => {
    const said = await train("rows", "accelerate", "rows-2", "--print-rows");
    await agrees("rows", "rows-2");
    expect(await partsAreBatches("rows", said)).toEqual(new Set(["mono", "cross", "multi", "mixedMono"]));
    expect(recordAt("rows-2", "run.json").engine).toMatchObject({ ranks: 2 });
  });

  it("from XLM-R's kind of weights, from the project and by name", async () => {
    const said = await train("xlmr", "torchrun", "xlmr-2", "--print-rows");
    await agrees("xlmr", "xlmr-2");
    expect(await partsAreBatches("xlmr", said)).toEqual(new Set(["multi"]));
    await train("xlmr", "one", "xlmr-1", "--encoder", at("xlmr-start"));
    const [own, found] = [losses(recordAt("xlmr.json")), losses(recordAt("xlmr-1", "run.json"))];
    for (const [i, { value }] of own.entries()) expect(Math.abs(found[i]!.value - value)).toBeLessThan(1e-4);
  });

  it("has the gradients of one process on two, and other ones where negatives are not shared", async () => {
    const script = fileURLToPath(new URL("projectGradients.py", import.meta.url));
    await python("one", script, at("rows"), at("one.pt"));
    await python("torchrun", script, at("rows"), at("two.pt"));
    const gaps = await judge<Record<string, number>>("gradientGap.py", {
      one: at("one.pt"),
      two: at("two.pt"),
    });
    expect(gaps["ranks"]).toBeLessThan(1e-5);
    expect(gaps["chunks"]).toBeLessThan(1e-5);
    expect(gaps["chunksOfRanks"]).toBeLessThan(1e-5);
    expect(gaps["own"]).toBeGreaterThan(0.05);
  });
});
