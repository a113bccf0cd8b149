import { describe, expect, it } from "vitest";
import {
  bytesOf,
  byTurn,
  isWeights,
  keptName,
  parsePageFiles,
  partOf,
  visitFiles,
  type PageFile,
} from "./pageFiles.ts";

const file = (path: string, bytes = 1): PageFile => ({ path, bytes, sha256: "0123456789abcdef" });
const PATHS = [
  "index.html",
  "licences.txt",
  "assets/index-B_HL3GF8.js",
  "assets/tfjs-backend-wasm-BIA8cDLW.wasm",
  "assets/tfjs-backend-wasm-simd-BrM3BlWr.wasm",
  "datasets/catalog.json",
  "datasets/emoji/manifest.json",
  "datasets/emoji/en/passages.train.0.jsonl.gz",
  "datasets/emoji/fr/passages.train.0.jsonl.gz",
  "datasets/other/en/passages.train.0.jsonl.gz",
  "models/bag/model.safetensors",
  "models/bag/tokenizer.json",
  "models/small/tokenizer.json",
  "models/tokenizer/tokenizer.json",
  "onefile/app.js",
  "onefile/parts.json",
  "studies/index.json",
];
const NEEDS = { encoder: "bag", dataset: "emoji", languages: ["en", "de"] };

describe("the files of the page", () => {
  it("belong to the page, its studies, a set or an encoder", () => {
    const parts = [
      "index.html",
      "licences.txt",
      "datasets/catalog.json",
      "datasets/emoji/en/a.gz",
      "models/bag/1/a.json",
      "studies/index.json",
    ];
    expect(parts.map(partOf)).toEqual(["page", "page", "page", "datasets/emoji", "models/bag", "studies"]);
  });

  it("are kept by one visit as far as the page, its studies and one run need them", () => {
    expect(
      visitFiles(
        PATHS.map((path) => file(path)),
        NEEDS,
      ).map(({ path }) => path),
    ).toEqual([
      "index.html",
      "assets/index-B_HL3GF8.js",
      "assets/tfjs-backend-wasm-simd-BrM3BlWr.wasm",
      "datasets/catalog.json",
      "datasets/emoji/manifest.json",
      "datasets/emoji/en/passages.train.0.jsonl.gz",
      "models/bag/model.safetensors",
      "models/bag/tokenizer.json",
      "onefile/parts.json",
      "studies/index.json",
    ]);
  });

  it("are weights that the trainer keeps only where its encoder's table lies", () => {
    const places = [
      "models/a/model.safetensors",
      "models/a/2_Dense/model.safetensors",
      "models/a/config.json",
    ];
    expect(places.map(isWeights)).toEqual([true, false, false]);
  });

  it("come in turns: the document after what it asks for, weights last", () => {
    const files = ["index.html", "models/bag/model.safetensors", "assets/a.js"].map((path) => file(path));
    expect(byTurn(files).map((turn) => turn.map(({ path }) => path))).toEqual([
      ["assets/a.js"],
      ["index.html"],
      ["models/bag/model.safetensors"],
    ]);
  });

  it("are named with their version and counted in bytes", () => {
    expect(keptName(file("a/b.js"))).toBe("a/b.js?kept=0123456789abcdef");
    expect(bytesOf([file("a", 2), file("b", 3)])).toBe(5);
  });

  it("are refused where a list is none: another place, no hash, a size that is no number", () => {
    const good = file("a/b.js");
    expect(parsePageFiles([good])).toEqual([good]);
    for (const bad of [
      { ...good, path: "../a" },
      { ...good, path: "https://far.example/a" },
      { ...good, sha256: "0123" },
      { ...good, bytes: "9" },
      undefined,
    ])
      expect(() => parsePageFiles([bad]), JSON.stringify(bad)).toThrow();
  });
});
