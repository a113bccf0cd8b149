// The snapshots of one run in a folder beside its record, for the command line: RECORD.snapshots/step-N/.
import { existsSync, statSync } from "node:fs";
import { open, readdir, readFile, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { DataError } from "../core/inputError.ts";
import type { SnapshotStore } from "../training/snapshot/snapshotStore.ts";
import { codeOf, readProblem } from "./files/codeOf.ts";
import { recoverFolders, replaceFolder } from "./files/replaceFolder.ts";

export const SNAPSHOTS = ".snapshots";
const FILE = "snapshot.safetensors";
const STEP_FOLDER = /^step-(\d{1,9})$/;

/** @param dir made when the first snapshot is written, removed with the last one */
export function createFolderSnapshots(dir: string): SnapshotStore {
  const folderOf = (step: number) => path.join(dir, `step-${step}`);
  return {
    async list() {
      await recoverFolders(dir);
      const names = await readdir(dir).catch((cause: unknown) => {
        if (codeOf(cause) === "ENOENT") return [];
        throw new DataError(`${dir}: ${readProblem(cause)}`, { cause });
      });
      const steps = names.flatMap((name) => STEP_FOLDER.exec(name)?.[1] ?? []).map(Number);
      const whole = steps.filter((step) => existsSync(path.join(folderOf(step), FILE)));
      if (whole.length === 0 && dir.endsWith(SNAPSHOTS)) {
        for (const step of steps) await rmdir(folderOf(step)).catch(() => undefined); // a removal that was killed
        await rmdir(dir).catch(() => undefined); // not empty, or not there
      }
      return whole;
    },
    async read(step) {
      const file = path.join(folderOf(step), FILE);
      return readFile(file).catch((cause: unknown) => {
        if (codeOf(cause) === "ENOENT") return undefined;
        throw new DataError(`${file}: ${readProblem(cause)}`, { cause });
      });
    },
    async write(step, parts) {
      const replacement = await replaceFolder(folderOf(step));
      try {
        const handle = await open(await replacement.fileAt(FILE), "w");
        try {
          for (const part of parts) await handle.writeFile(part);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await replacement.commit();
      } finally {
        await replacement.abort(); // nothing after a commit
      }
    },
    async remove(step) {
      await rm(folderOf(step), { recursive: true, force: true });
      await rmdir(dir).catch(() => undefined); // not empty yet, or gone
    },
  };
}

/** The place of a run's snapshots. */
export interface SnapshotPlace {
  readonly dir: string;
  readonly out: string | undefined; // the record beside which they lie; undefined for a folder that was moved
}

/** @param named the record's path, whether it is there yet or not; the folder of its snapshots, one of them, or its file */
export function findSnapshots(named: string): SnapshotPlace {
  let dir = path.normalize(named).replace(/[/\\]$/, "");
  if (path.basename(dir) === FILE) dir = path.dirname(dir);
  if (STEP_FOLDER.test(path.basename(dir))) dir = path.dirname(dir);
  if (dir.endsWith(SNAPSHOTS)) return { dir, out: dir.slice(0, -SNAPSHOTS.length) };
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return { dir, out: undefined };
  return { dir: `${dir}${SNAPSHOTS}`, out: dir };
}

/** The step of a snapshot that is itself named, by its folder or its file. */
export function stepNamed(named: string): number | undefined {
  const folder = path.normalize(named).replace(/[/\\]$/, "");
  const own = path.basename(folder) === FILE ? path.dirname(folder) : folder;
  const step = STEP_FOLDER.exec(path.basename(own))?.[1];
  return step === undefined ? undefined : Number(step);
}
