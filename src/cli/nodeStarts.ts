// Evaluations before training that the command line keeps: files under the lab's home, one for a start and its test.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { StartStore } from "../training/evaluate/startStore.ts";
import { codeOf } from "./files/codeOf.ts";
import { isRunning } from "./files/isRunning.ts";
import { labHome } from "./nodeShards.ts";

/** XQuAD-R in eleven languages takes about 1.5 MB of them with the values of its 13,090 queries. */
const KEPT = 64;
const SUFFIX = ".json.gz";

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

/** @param dir default: `starts/` in the lab's home */
export function createFolderStarts(dir = path.join(labHome(), "starts"), kept = KEPT): StartStore {
  const fileOf = (key: string) => path.join(dir, `${key}${SUFFIX}`);

  /** Lets go of those that nobody has asked for the longest, and of what killed processes left. Others may do the same. */
  const makeRoom = async () => {
    const all = await readdir(dir);
    for (const name of all) {
      const pid = Number(/\.(\d+)-\w{8}$/.exec(name)?.[1] ?? NaN);
      if (pid > 0 && !isRunning(pid)) await rm(path.join(dir, name), { force: true });
    }
    const names = all.filter((name) => name.endsWith(SUFFIX));
    if (names.length <= kept) return;
    const known = await Promise.all(
      names.map(async (name) => {
        const found = await stat(path.join(dir, name)).catch(() => undefined); // gone meanwhile
        return { name, usedMs: found?.mtimeMs ?? 0 };
      }),
    );
    known.sort((a, b) => b.usedMs - a.usedMs);
    for (const { name } of known.slice(kept)) await rm(path.join(dir, name), { force: true });
  };

  return {
    async read(key) {
      const file = fileOf(key);
      let bytes: Buffer;
      try {
        bytes = await readFile(file);
      } catch (error) {
        if (codeOf(error) === "ENOENT") return undefined;
        throw error;
      }
      const now = new Date();
      await utimes(file, now, now).catch(() => undefined); // of a folder that is only read, the order is of writing
      return (await unzip(bytes)).toString("utf8");
    },
    async write(key, text) {
      const incoming = path.join(dir, `${key}.${process.pid}-${randomUUID().slice(0, 8)}`);
      try {
        await mkdir(dir, { recursive: true });
        await writeFile(incoming, await zip(text));
        await rename(incoming, fileOf(key)); // whole or not at all
        await makeRoom();
      } catch {
        await rm(incoming, { force: true }).catch(() => undefined); // full or read-only: the next run measures again
      }
    },
  };
}
