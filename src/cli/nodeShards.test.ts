// Dataset folders: whole or not there, found by id, and a clear word when they are not.
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { SidedRecord } from "../core/data/records.ts";
import { readShard } from "../training/data/readShard.ts";
import { writeShards } from "../training/data/writeShards.ts";
import { createFolderShards, createFolderSink, labHome, listDatasets, openDataset } from "./nodeShards.ts";

let home: string;
beforeEach(async () => (home = await mkdtemp(path.join(tmpdir(), "lab-"))));
afterEach(() => rm(home, { recursive: true, force: true }));

const FACTS = { id: "toy", title: "", licence: "", citation: "", source: "", languages: ["en"] };
const passage = (text: string): SidedRecord => ({
  side: "passages",
  record: { _id: text, text, lang: "en", concepts: ["c"], split: "train" },
});
const toyDir = () => path.join(home, "datasets", "toy");
const add = async (...texts: string[]) =>
  writeShards(FACTS, texts.map(passage), await createFolderSink(toyDir()));

it("writes a dataset that opens by its id and reads back", async () => {
  const manifest = await add("one", "two");
  const source = await openDataset("toy", home);
  expect(await source.manifest()).toEqual(manifest);
  const rows = await readShard(source, manifest.shards[0]!);
  expect(rows.map(({ text }) => text)).toEqual(["one", "two"]);
});

it("leaves the old dataset and nothing else when writing fails, and replaces it when it succeeds", async () => {
  const old = await add("old");
  await expect(add("new", "new")).rejects.toThrow("_id is used twice");
  expect(await readdir(path.join(home, "datasets"))).toEqual(["toy"]);
  expect(await (await openDataset("toy", home)).manifest()).toEqual(old);
  const next = await add("new");
  expect(await readdir(path.join(home, "datasets"))).toEqual(["toy"]);
  expect(await (await openDataset("toy", home)).manifest()).toEqual(next);
});

it("lists added datasets, not folders without a manifest or still being written", async () => {
  await add("one");
  await createFolderSink(path.join(home, "datasets", "other")); // never committed
  expect(await listDatasets(home)).toContain("toy");
  expect(await listDatasets(home)).not.toContain("other");
});

it("says what there is and how to add what is not", async () => {
  await add("one");
  await expect(openDataset("nope", home)).rejects.toThrow(
    /^There is no dataset "nope" here; there is: .*toy.*data add nope --from DIR$/,
  );
  await expect(openDataset("../toy", home)).rejects.toThrow("There is no dataset");
});

it("names the file that is missing or damaged", async () => {
  const manifest = await add("one");
  const shard = path.join(toyDir(), manifest.shards[0]!.path);
  const source = createFolderShards(toyDir());
  await writeFile(shard, "not gzip");
  await expect(readShard(source, manifest.shards[0]!)).rejects.toThrow(`${shard}: 8 bytes`);
  await rm(shard);
  await expect(readShard(source, manifest.shards[0]!)).rejects.toThrow(`${shard}: there is no such file`);
  await writeFile(path.join(toyDir(), "manifest.json"), "{");
  await expect(source.manifest()).rejects.toThrow("manifest.json is not JSON");
});

it("takes its home from LAB_HOME, else from the project", () => {
  expect(labHome({ LAB_HOME: "/srv/lab" })).toBe("/srv/lab");
  expect(labHome({})).toBe(path.resolve(".lab"));
});
