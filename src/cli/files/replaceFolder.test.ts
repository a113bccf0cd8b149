// Replacing a folder: every state that a kill can leave is put right at the next open, and nothing whole is lost.
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recoverFolders, replaceFolder } from "./replaceFolder.ts";

let parent: string;
beforeEach(async () => (parent = await mkdtemp(path.join(tmpdir(), "lab-"))));
afterEach(() => rm(parent, { recursive: true, force: true }));

const DEAD = spawnSync(process.execPath, ["-e", ""]).pid; // has ended, and its number is not given anew so soon
const put = async (folder: string, text: string) => {
  await mkdir(path.join(parent, folder), { recursive: true });
  await writeFile(path.join(parent, folder, "text"), text);
};
const read = (folder: string) => readFile(path.join(parent, folder, "text"), "utf8");
const replace = async (text: string) => {
  const replacement = await replaceFolder(path.join(parent, "toy"));
  await writeFile(await replacement.fileAt("text"), text);
  return replacement;
};

it("puts a folder in its place at commit, and leaves nothing beside it", async () => {
  await (await replace("old")).commit();
  const next = await replace("new");
  await writeFile(await next.fileAt("deep/er"), "more");
  expect(await read("toy")).toBe("old");
  await next.commit();
  expect(await read("toy")).toBe("new");
  expect(await readFile(path.join(parent, "toy/deep/er"), "utf8")).toBe("more");
  expect(await readdir(parent)).toEqual(["toy"]);
});

it("leaves nothing when it is aborted", async () => {
  const { abort } = await replace("new");
  await abort();
  await abort();
  expect(await readdir(parent)).toEqual([]);
});

it("puts the old one back when the new one cannot take its place", async () => {
  await put("toy", "old");
  const next = await replace("new");
  await next.abort(); // so there is nothing to rename
  await expect(next.commit()).rejects.toThrow("ENOENT");
  expect(await read("toy")).toBe("old");
});

describe("after a kill", () => {
  const incoming = `.incoming-toy-${DEAD}-AbCdEf`;
  const outgoing = `.outgoing-toy-${DEAD}-AbCdEf`;
  it.each([
    ["while the first one is written", { [incoming]: "half" }, undefined],
    ["while it is written", { toy: "old", [incoming]: "half" }, "old"],
    ["between the two renames", { [outgoing]: "old", [incoming]: "new" }, "new"],
    ["after the second rename", { toy: "new", [outgoing]: "old" }, "new"],
    ["while the old one is removed", { toy: "new", [incoming]: "old, in part" }, "new"],
    ["after a recovery that was killed itself", { toy: "new", [outgoing]: "old", [incoming]: "x" }, "new"],
    ["with the new one gone", { [outgoing]: "old" }, "old"],
  ])("%s, the next open finds what was whole and sweeps the rest", async (_, state, expected) => {
    for (const [folder, text] of Object.entries(state)) await put(folder, text);
    await recoverFolders(parent);
    expect(await readdir(parent)).toEqual(expected === undefined ? [] : ["toy"]);
    if (expected !== undefined) expect(await read("toy")).toBe(expected);
  });

  it("the next writer of the name recovers it too, and leaves other names alone", async () => {
    await put(outgoing, "old");
    await put(incoming, "new");
    await put(`.incoming-other-${DEAD}-AbCdEf`, "half");
    await (await replace("newer")).abort();
    expect(await read("toy")).toBe("new");
    expect(await readdir(parent)).toEqual([`.incoming-other-${DEAD}-AbCdEf`, "toy"]);
  });
});

it("leaves folders of living processes alone, and of older versions until a day has passed", async () => {
  await replace("mine");
  await put(".incoming-toy-AbCdEf", "of version 0.2");
  await put(".incomings", "not ours");
  await recoverFolders(parent);
  expect(await readdir(parent)).toHaveLength(3);
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  await utimes(path.join(parent, ".incoming-toy-AbCdEf"), yesterday, yesterday);
  await recoverFolders(parent);
  expect(await readdir(parent)).toEqual([expect.stringContaining(`-toy-${process.pid}-`), ".incomings"]);
});
