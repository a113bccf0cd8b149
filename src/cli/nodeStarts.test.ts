import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFolderStarts } from "./nodeStarts.ts";

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), "lab-starts-"))));
afterEach(() => rm(dir, { recursive: true, force: true }));

it("gives back what was kept, and undefined for what was not", async () => {
  const starts = createFolderStarts(path.join(dir, "new"));
  expect(await starts.read("a")).toBeUndefined();
  await starts.write("a", '{"é": 1}');
  expect(await starts.read("a")).toBe('{"é": 1}');
});

it("lets go of what nobody asked for the longest", async () => {
  const starts = createFolderStarts(dir, 2);
  for (const [i, key] of ["a", "b"].entries()) {
    await starts.write(key, key);
    const old = new Date(Date.now() - 100_000 + 1000 * i);
    await utimes(path.join(dir, `${key}.json.gz`), old, old);
  }
  await starts.read("a"); // asked for: b is the oldest now
  await starts.write("c", "c");
  expect((await readdir(dir)).sort()).toEqual(["a.json.gz", "c.json.gz"]);
});

it("leaves nothing half-written behind, and says what is damaged", async () => {
  const starts = createFolderStarts(dir);
  await starts.write("a", "first");
  await Promise.all([starts.write("a", "second"), starts.write("a", "second")]);
  expect(await readdir(dir)).toEqual(["a.json.gz"]);
  await writeFile(path.join(dir, "a.json.gz"), "no gzip");
  await expect(starts.read("a")).rejects.toThrow(/header/);
});
