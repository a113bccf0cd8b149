// `--trec DIR`: rankings and judgements of a final evaluation, so that trec_eval or any tool can check the numbers.
import { open, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { SpecError } from "../core/inputError.ts";
import { makeFolders, removeEmpty } from "./files/madeFolders.ts";
import { irMetadata, trecTag } from "../core/trec/irMetadata.ts";
import { openTrec, TREC_DEPTH, type TrecPool } from "../training/pool/trecRun.ts";
import type { ExecutedRun } from "./executeRun.ts";

/**
 * @param dir what `--trec` names
 * @throws SpecError unless `text` is absent, or a whole number from 1 or "all" beside a folder
 */
export function parseDepth(text: string | undefined, dir: string | undefined): number {
  if (text === undefined) return TREC_DEPTH;
  if (dir === undefined) throw new SpecError("--trec-depth needs --trec: it says how deep those rankings go");
  if (text === "all") return Infinity;
  const depth = Number(text);
  if (Number.isSafeInteger(depth) && depth >= 1) return depth;
  throw new SpecError(`--trec-depth must be a whole number from 1, or all, got "${text}"`);
}

export interface TrecWish {
  readonly depth: number; // candidates a question; Infinity: all
  readonly headed: boolean; // by ir_metadata
}

/**
 * For each language LANG, `mono.LANG.run` and `.qrels` (its queries in the pool of LANG) and `multi.LANG.run` and
 * `.qrels` (its queries in the pool of all languages). With whole rankings (`depth` Infinity: large files), `lab
 * metrics` on a pair gives perLanguage.LANG.mono or .multi of the record; with fewer, AP leaves out what was not found.
 */
export async function writeTrecFolder(
  dir: string,
  { resources, record }: Pick<ExecutedRun, "resources" | "record">,
  { depth, headed }: TrecWish,
): Promise<void> {
  const made = await makeFolders(path.resolve(dir));
  const pools = resources.prepared.full.set.languages.flatMap((language) =>
    (["mono", "multi"] as const).map((kind): TrecPool => ({ kind, language })),
  );
  const names = pools.map(({ kind, language }) => path.join(dir, `${kind}.${language}`));
  const files = await openTrec(resources);
  const written: string[] = []; // beside their places, until all are whole
  const beside = (file: string) => {
    written.push(file);
    return `${file}.${process.pid}.new`;
  };
  const handles: FileHandle[] = [];
  try {
    try {
      for (const name of names) handles.push(await open(beside(`${name}.run`), "w"));
      if (headed)
        for (const [i, pool] of pools.entries()) await handles[i]!.writeFile(irMetadata(record, pool));
      for await (const { pool, text } of files.runs(pools, depth, trecTag(record))) {
        await handles[pool]!.writeFile(text);
      }
    } finally {
      for (const handle of handles) await handle.close();
    }
    for (const [i, pool] of pools.entries()) await writeFile(beside(`${names[i]!}.qrels`), files.qrels(pool));
    for (const file of written) await rename(`${file}.${process.pid}.new`, file);
  } catch (error) {
    for (const file of written) await rm(`${file}.${process.pid}.new`, { force: true });
    await removeEmpty(made);
    throw error;
  }
}
