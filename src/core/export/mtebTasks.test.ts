// MTEB's names of Belebele's languages, all 122: the codes of the catalogue's own files.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCatalog } from "../data/catalog.ts";
import { floresCode, mtebTask } from "./mtebTasks.ts";

const FILE = "public/datasets/catalog.json";
const catalog = parseCatalog(JSON.parse(readFileSync(FILE, "utf8")), FILE);

it("are those that its files are named by", () => {
  const { files } = catalog.find(({ id }) => id === "belebele")!;
  const codes = files.map(({ name, langs }) => [`${floresCode(langs![0]!).replace("-", "_")}.jsonl`, name]);
  expect(codes.filter(([mine, theirs]) => mine !== theirs)).toEqual([]);
  expect(codes).toHaveLength(122);
});

it("are given to sets that are converted as a task of MTEB's only", () => {
  expect(mtebTask("belebele")?.subset({ query: "hi", passage: "hi-Latn" })).toBe("hin_Latn-hin_Deva");
  expect(mtebTask("belebele")?.subset({ query: "sw", passage: "yo" })).toBeUndefined();
  const nano = mtebTask("nanobeir-climatefever")!;
  expect(nano.name).toBe("MultilingualNanoClimateFeverRetrieval");
  expect(
    ["ar", "ja", "ko", "no"].map((tag) => [nano.subset({ query: tag, passage: tag }), nano.language(tag)]),
  ).toEqual([
    ["ar", "ara-Arab"],
    ["ja", "jpn-Jpan"],
    ["ko", "kor-Kore"],
    ["no", "nor-Latn"],
  ]);
  expect(nano.subset({ query: "ar", passage: "en" })).toBeUndefined();
  expect(mtebTask("xquad-r")).toBeUndefined();
  expect(mtebTask("constructor")).toBeUndefined();
});
