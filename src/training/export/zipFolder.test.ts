// A zip must unpack to what went in, and equal folders must make equal zips.
import { BlobReader, Uint8ArrayWriter, ZipReader, type FileEntry } from "@zip.js/zip.js";
import { expect, it } from "vitest";
import { zipFolder } from "./zipFolder.ts";

const bytes = (values: Iterable<number>): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

it("unpacks to the same files under one folder", async () => {
  const folder = new Map([
    ["model.safetensors", bytes(Array.from({ length: 4000 }, (_, i) => i % 251))],
    ["1_Pooling/config.json", bytes([123, 125])],
  ]);
  const zip = await zipFolder("my-run", folder);
  const reader = new ZipReader(new BlobReader(zip));
  const entries = (await reader.getEntries()) as FileEntry[];
  expect(entries.map((entry) => entry.filename)).toEqual([
    "my-run/model.safetensors",
    "my-run/1_Pooling/config.json",
  ]);
  const unpacked = await Promise.all(entries.map((entry) => entry.getData(new Uint8ArrayWriter())));
  expect(unpacked).toEqual([...folder.values()]);
  await reader.close();
  const again = await zipFolder("my-run", folder);
  expect(new Uint8Array(await again.arrayBuffer())).toEqual(new Uint8Array(await zip.arrayBuffer()));
});
