// No text of a dataset is in the repository: shards are made from their sources on each machine.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.join(import.meta.dirname, "..");

it.runIf(existsSync(path.join(root, ".git")))("only the catalogue of datasets is tracked", () => {
  const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0");
  expect(tracked.filter((name) => name.startsWith("public/datasets/"))).toEqual([
    "public/datasets/catalog.json",
  ]);
  expect(tracked.filter((name) => /\.(gz|zip|tar|jsonl|parquet|tsv|csv|tmx)$/.test(name))).toEqual([]);
});
