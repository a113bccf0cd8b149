// A process that replaces a folder without end is killed at random moments: the folder is always one that was committed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { rounds } from "../../testing/longLane.ts";
import { recoverFolders } from "./replaceFolder.ts";

const ROUNDS = rounds({ short: 12, long: 400 });
/** A folder's files, which all hold the number of their commit. */
const FILES = ["manifest.json", "en/a.txt", "en/b.txt", "de/a.txt"];

let parent = "";
beforeAll(async () => (parent = await mkdtemp(path.join(tmpdir(), "lab-kills-"))));
afterAll(() => rm(parent, { recursive: true, force: true }));

const writer = (first: number) => `
  import { writeFileSync } from "node:fs";
  import { replaceFolder } from ${JSON.stringify(pathToFileURL(path.resolve("src/cli/files/replaceFolder.ts")).href)};
  for (let n = ${first}; ; n++) {
    const { fileAt, commit } = await replaceFolder(${JSON.stringify(path.join(parent, "toy"))});
    for (const file of ${JSON.stringify(FILES)}) writeFileSync(await fileAt(file), String(n));
    await commit();
    process.stdout.write(n + "\\n");
  }
`;

/** Starts the writer and kills it some milliseconds after its first commit. @returns the last number it told */
async function killedWriter(first: number, ms: number): Promise<number> {
  const script = path.join(parent, "writer.mts");
  await writeFile(script, writer(first));
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  child.stdout.on("data", (data: Buffer) => (told += data.toString()));
  await once(child.stdout, "data");
  await new Promise((resolve) => setTimeout(resolve, ms));
  child.kill("SIGKILL");
  await once(child, "close");
  return Number(told.trim().split("\n").at(-1));
}

it(`${ROUNDS} kills lose no committed folder and leave nothing beside it`, async () => {
  const random = createRandom(20261128);
  let last = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const told = await killedWriter(last + 1, random.int(60));
    await recoverFolders(parent);
    const texts = await Promise.all(FILES.map((file) => readFile(path.join(parent, "toy", file), "utf8")));
    expect(new Set(texts).size, `round ${round}: files of one commit`).toBe(1);
    last = Number(texts[0]);
    // What was told is committed; at most one more was committed and not told, or not even that.
    expect(last - told, `round ${round}`).toBeOneOf([0, 1]);
    expect((await readdir(parent)).sort()).toEqual(["toy", "writer.mts"]);
  }
});
