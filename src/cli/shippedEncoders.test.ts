// The table of shipped encoders says what their folders and cards say.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findShipped, SHIPPED } from "../core/encoders/shippedEncoders.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { callLab } from "../testing/labCall.ts";
import { describeCheckpoint } from "../training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../training/pretrained/openCheckpoint.ts";
import { nodePlaces, SHIPPED_MODELS } from "./nodeModels.ts";

describe.each(SHIPPED.map((encoder) => ({ ...encoder, id: encoder.info.id })))("$id", (encoder) => {
  const { id, info, scores, licence } = encoder;

  it("is described by the table as by its own files", async () => {
    const opened = await openCheckpoint(nodePlaces().shipped(id), { isShipped: true });
    expect(describeCheckpoint(id, opened)).toEqual(info);
  });

  it("has the weights that browsers keep by their hash", async () => {
    const weights = await readFile(path.join(SHIPPED_MODELS, id, "model.safetensors"));
    expect(createHash("sha256").update(weights).digest("hex")).toBe(encoder.sha256);
  });

  it("has a card with the same numbers and licence", async () => {
    const card = await readFile(path.join(SHIPPED_MODELS, id, "README.md"), "utf8");
    expect(card.toLowerCase()).toContain(`license: ${licence.toLowerCase()}`);
    if (!scores) return;
    const { mono, cross, multi, rankDistance, sameLanguageShare } = scores;
    for (const map of [mono, cross, multi]) expect(card).toContain(map.toFixed(4));
    expect(card).toContain(String(rankDistance));
    expect(card).toContain(sameLanguageShare.toFixed(3));
  });
});

it("runs start at the first of them, which is none of the older ones", () => {
  expect(DEFAULT_SPEC.encoder.id).toBe(SHIPPED[0]!.info.id);
  expect(SHIPPED[0]!.older).toBeUndefined();
});

it("tells which start came after one that was published before", async () => {
  for (const { scores, newer } of SHIPPED)
    if (newer !== undefined) expect(findShipped(newer)!.scores!.cross).toBeGreaterThan(scores!.cross);
  const told = async (id: string) =>
    (await callLab("eval", id, "--data", "cldr-emoji", "--langs", "cy,sw", "--backend", "wasm")).err;
  expect(await told("distilled-bag")).toContain(
    "distilled-bag stays as it was published; runs now start at what came after it: eval distilled-bag-37k",
  );
  expect(await told("distilled-bag-37k")).not.toContain("runs now start");
}, 120_000);
