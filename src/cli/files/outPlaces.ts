// Places that a command will write to, asked before its long work: one that cannot be written is told. Writes nothing that
// stays: a folder that is missing can be made, and is when there is something to write.
import { rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { SpecError } from "../../core/inputError.ts";
import { codeOf } from "./codeOf.ts";
import { makeFolders, removeEmpty } from "./madeFolders.ts";

/** As large as most records: a disk with less room would fail at the end. */
const PROBE = new Uint8Array(2 ** 20).fill(97);

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "the disk can only be read",
  ENOSPC: "there is no room left on the disk",
  EDQUOT: "there is no room left on the disk",
  ENOENT: "no folder can be made there",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "a part of the path is a file",
  ENAMETOOLONG: "the name is too long",
};

/** What Node says of a write, in words. */
export function writeProblem(error: unknown): string {
  const code = codeOf(error);
  return Object.hasOwn(REASONS, code) ? `${REASONS[code]} (${code})` : code;
}

/**
 * @param option that names it, for the message: "--out"
 * @param example of a file's name there
 * @returns whether it is a file, or a pipe or a device, beside which nothing can be kept
 * @throws SpecError where no file can be written
 */
export async function checkFilePlace(
  option: string,
  file: string,
  example = "run.json",
): Promise<"file" | "device"> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory() === true || /[/\\]$/.test(file)) {
    throw new SpecError(`${option} ${file}: is a folder; name a file, such as ${path.join(file, example)}`);
  }
  if (found && !found.isFile()) return "device";
  await probe(option, file, path.dirname(path.resolve(file)));
  return "file";
}

/** As `checkFilePlace`, of a folder for several files. */
export async function checkFolderPlace(option: string, dir: string): Promise<void> {
  const found = await stat(dir).catch(() => undefined);
  if (found && !found.isDirectory()) throw new SpecError(`${option} ${dir}: is a file; name a folder`);
  await probe(option, dir, path.resolve(dir));
}

/** As `checkFilePlace`, of a folder that is to be there whole. */
export async function checkNewFolder(option: string, dir: string): Promise<void> {
  await probe(option, dir, path.dirname(path.resolve(dir)));
}

async function probe(option: string, named: string, dir: string): Promise<void> {
  const file = path.join(dir, `.${process.pid}.probe`);
  const made: string[] = [];
  try {
    await makeFolders(dir, made);
    await writeFile(file, PROBE, { flush: true });
  } catch (error) {
    throw new SpecError(`${option} ${named}: cannot be written: ${writeProblem(error)}; name another place`, {
      cause: error,
    });
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
    await removeEmpty(made);
  }
}
