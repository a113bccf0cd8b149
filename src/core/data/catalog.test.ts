// The committed catalogue holds its schema; a broken one is refused by field.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { convertersFor, findConverter } from "../collections/registry.ts";
import { parseCatalog } from "./catalog.ts";
import { filesFor, offeredLanguages } from "./catalogFiles.ts";

const FILE = "public/datasets/catalog.json";
const read = () => JSON.parse(readFileSync(FILE, "utf8")) as { datasets: Record<string, unknown>[] };

it("accepts the committed catalogue", () => {
  const ids = parseCatalog(read(), FILE).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["cldr-emoji", "xquad-r", "ntrex-128", "tatoeba", "afriqa"]));
});

it("has a converter for every converted set, which its official files are enough for", () => {
  for (const { id, origin, files } of parseCatalog(read(), FILE)) {
    const converter = findConverter(id);
    expect(converter !== undefined, id).toBe(origin === "converted");
    // "a.tmx.zip" and "a.jsonl.tar.gz" hold "a.tmx" and "a.jsonl"; MKQA packs several files in one.
    if (files.length === 0 || id.startsWith("mkqa")) continue;
    const inside = files.map(({ name }) =>
      name.replace(/^(?:.*\/)?(.+)\.(zip|tar\.gz)$/, "$&/$1").replace(/\.gz$/, ""),
    );
    expect(converter?.accepts(inside), id).toBe(true);
  }
});

it("tells what dropped files can become", () => {
  const names = [..."ar de el en es hi ru th tr vi zh".split(" ").map((l) => `${l}.json`), "LICENSE"];
  expect(convertersFor(names).map(({ datasetId }) => datasetId)).toEqual(["xquad-r", "xquad-r-context"]);
  expect(convertersFor(names.slice(1))).toEqual([]);
});

it("chooses the files of chosen languages, and those of none", () => {
  const entry = parseCatalog(read(), FILE).find(({ id }) => id === "miracl")!;
  const names = filesFor(entry, ["sw"]).map(({ name }) => name);
  expect(names).toEqual([
    "topics.miracl-v1.0-sw-dev.tsv",
    "qrels.miracl-v1.0-sw-dev.tsv",
    "miracl-corpus-v1.0-sw/docs-0.jsonl.gz",
  ]);
  expect(filesFor(entry, undefined)).toHaveLength(entry.files.length);
  expect(() => filesFor(entry, ["sw", "tlh"])).toThrow('miracl has no files in "tlh"; it has ar, bn, ');
  const mmarco = parseCatalog(read(), FILE).find(({ id }) => id === "mmarco")!;
  expect(filesFor(mmarco, ["hi"]).map(({ name }) => name)).toContain("qrels.dev.small.tsv");
});

it("offers the languages of sets that can be fetched by them, and takes what they share from as few files as it can", () => {
  const entries = parseCatalog(read(), FILE);
  const of = (id: string) => entries.find((entry) => entry.id === id)!;
  const names = (id: string, ...languages: string[]) =>
    filesFor(of(id), languages).map(({ name }) => name.replace(/^(newstest2019-|queries\.afriqa\.)/, ""));
  expect(names("xquad-r", "de", "el")).toEqual(["de.json", "el.json"]);
  expect(names("ntrex-128", "sw", "en")).toEqual(["DOCUMENT_IDS.tsv", "ref.swa.txt", "src.eng.txt"]);
  // English of TICO-19 is the first file's; of AfriQA's questions, every file's with that pivot.
  expect(names("tico-19", "sw")).toEqual(["all.en-sw.tmx.zip"]);
  expect(names("tico-19", "en", "sw")).toEqual(["all.en-ar.tmx.zip", "all.en-sw.tmx.zip"]);
  expect(names("afriqa-questions", "fr")).toEqual(["fon.fr.dev.json", "fon.fr.train.json", "wol.fr.dev.json", "wol.fr.train.json"]); // prettier-ignore
  // Tatoeba's English numbers the concepts: 112 files, and one for each other language.
  expect(names("tatoeba", "af", "sw").filter((name) => !name.endsWith(".eng"))).toEqual([
    "tatoeba.afr-eng.afr",
    "tatoeba.swh-eng.swh",
  ]);
  expect(names("tatoeba", "en")).toHaveLength(112);
  expect(offeredLanguages(of("nusax"))).toEqual([]);
  expect(entries.filter(({ byLanguage }) => byLanguage).map(({ id }) => id)).toEqual([
    "miracl",
    "mr-tydi",
    "mmarco",
  ]);
});

it.each([
  [
    "files",
    [{ name: "a.json", url: "https://a.org", langs: ["tlh"] }],
    "a.json is in a language that the set has not",
  ],
  ["files", [{ name: "a.json", url: "https://a.org", bytes: 1 }], "bytes and sha256 go together"],
  ["files", [], "neither files nor a word on how to obtain them"],
  ["id", "../x", "datasets.1.id: must be lower-case letters"],
  ["licenceUrl", "http://example.org", "datasets.1.licenceUrl"],
  ["purpose", "fun", "datasets.1.purpose"],
  ["title", "", "datasets.1.title: must not be empty"],
  ["files", [{ name: "../a.json", url: "https://a.org", bytes: 1, sha256: "0".repeat(64) }], "files.0.name"],
  ["surprise", 1, "datasets.1.surprise"],
  ["id", "cldr-emoji", "dataset cldr-emoji is listed twice"],
])("refuses a wrong %s, naming file and field", (field, value, message) => {
  const catalog = read();
  catalog.datasets[1]![field] = value;
  expect(() => parseCatalog(catalog, "c.json")).toThrow(message);
  expect(() => parseCatalog(catalog, "c.json")).toThrow(/^c\.json: /);
});
