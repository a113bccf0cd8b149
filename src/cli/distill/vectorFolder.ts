// The teacher's vectors on this disk, a file for each list of texts: found by their hash, written for Python, or made here.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile, rm, stat, truncate } from "node:fs/promises";
import path from "node:path";
import { vectorKey } from "../../core/distill/textLists.ts";
import { readVectors, writeVectors, type Vectors } from "../../training/vectorBag/vectorFile.ts";
import { replaceFile } from "../files/replaceFile.ts";
import type { ProgressLine } from "../progressLine.ts";
import type { LoadedTeacher, VectorTeacher } from "./vectorTeacher.ts";

/** What the teacher is to read. */
export interface VectorList {
  readonly name: string; // for people
  readonly prefix: string;
  readonly texts: readonly string[];
}

/** Texts encoded before they are kept; a process that is killed loses at most these. */
const BLOCK = 256;

export function vectorsPlace(home: string, teacher: Pick<VectorTeacher, "sha256">): string {
  return path.join(home, "vectors", teacher.sha256.slice(0, 16));
}

const fileOf = (dir: string, { prefix, texts }: VectorList) =>
  path.join(dir, `${vectorKey(prefix, texts)}.safetensors`);

/** The lists that have no file yet, each once. */
export function missingLists(dir: string, lists: readonly VectorList[]): VectorList[] {
  const byFile = new Map(lists.map((list) => [fileOf(dir, list), list]));
  return [...byFile].flatMap(([file, list]) => (existsSync(file) ? [] : [list]));
}

/** Looks at the files that are there, before hours of work. @throws DataError as `readList` */
export async function checkLists(dir: string, lists: readonly VectorList[], width: number): Promise<void> {
  for (const list of lists) if (existsSync(fileOf(dir, list))) await readList(dir, list, width);
}

/** Writes each list as <key>.json, for scripts/teacher/vectors.py. */
export async function writeLists(
  out: string,
  lists: readonly VectorList[],
  maxTokens: number,
): Promise<void> {
  for (const { name, prefix, texts } of lists) {
    const file = path.join(out, `${vectorKey(prefix, texts)}.json`);
    await replaceFile(file, JSON.stringify({ name, prefix, maxTokens, texts }));
  }
}

/**
 * The vectors of one list. @throws DataError naming a file that is damaged or another list's
 */
export async function readList(
  dir: string,
  list: VectorList,
  width: number,
): Promise<{ vectors: Vectors; sha256: string }> {
  const file = fileOf(dir, list);
  const bytes = await readFile(file);
  const vectors = readVectors(bytes, file, { count: list.texts.length, width });
  return { vectors, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/**
 * Makes the missing files with the lab's own engine, on the backend that is started. Killed, it goes on where it was.
 * @param madeBy for the files, e.g. the lab's version and backend
 */
export async function makeLists(
  dir: string,
  lists: readonly VectorList[],
  teacher: VectorTeacher,
  madeBy: string,
  progress: ProgressLine,
): Promise<void> {
  const total = lists.reduce((sum, { texts }) => sum + texts.length, 0);
  if (total === 0) return;
  const { width } = teacher;
  await mkdir(dir, { recursive: true });
  const loaded = await teacher.load(lists.flatMap(({ prefix, texts }) => texts.map((text) => prefix + text)));
  const startMs = performance.now();
  let [made, before] = [0, 0]; // here, and by a process that was killed
  try {
    for (const list of lists) {
      const part = `${fileOf(dir, list)}.part`;
      let at = await wholeRows(part, 4 * width);
      before += at;
      for (; at < list.texts.length; at += BLOCK) {
        const rows = await encode(loaded, list, at);
        await appendFile(part, new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
        const first = made === 0;
        made += rows.length / width;
        progress.show({ phase: `vectors ${list.name}`, done: before + made, total, unit: "texts" });
        if (!first) continue;
        const seconds = ((performance.now() - startMs) / 1000 / made) * (total - before - made);
        progress.say(`${total - before} texts for the teacher: about ${Math.ceil(seconds / 60)} minutes`);
      }
      const rows = await readFile(part);
      const data = new Float32Array(list.texts.length * width);
      new Uint8Array(data.buffer).set(rows.subarray(0, data.byteLength));
      await replaceFile(fileOf(dir, list), Buffer.concat(writeVectors(data, width, madeBy)));
      await rm(part);
    }
  } finally {
    loaded.dispose();
  }
}

function encode(teacher: LoadedTeacher, { prefix, texts }: VectorList, at: number): Promise<Float32Array> {
  return teacher.encode(texts.slice(at, at + BLOCK).map((text) => prefix + text));
}

/** Rows that a killed process left; a torn one is cut off. */
async function wholeRows(part: string, rowBytes: number): Promise<number> {
  const size = (await stat(part).catch(() => undefined))?.size ?? 0;
  const rows = Math.floor(size / rowBytes);
  if (size > rows * rowBytes) await truncate(part, rows * rowBytes);
  return rows;
}
