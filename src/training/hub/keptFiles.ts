// A checkpoint far away of which every file that was read whole is kept: the next run, and one without a network, reads it
// from the shelf. A commit never changes; any other revision is asked whether the file is still the same.
import { DataError, OfflineError } from "../../core/inputError.ts";
import type { SourceFile } from "../../core/formats/sourceFile.ts";
import {
  collect,
  damagedWhereKept,
  type CheckpointFiles,
  type OpenedFile,
} from "../pretrained/checkpointFiles.ts";
import { sha256Hex } from "../data/shardSource.ts";
import { downloadFile, type DownloadOptions } from "../download/downloadFile.ts";
import { storeWhole } from "../download/partialFile.ts";
import { makeRoom, type DownloadShelf, type ShelfFolder } from "./downloadShelf.ts";

export interface KeepOptions extends Pick<
  DownloadOptions,
  "fetch" | "attempts" | "backOffMs" | "silenceMs" | "onTrouble"
> {
  readonly id: string; // of the checkpoint, in the spec
  readonly pinned: boolean; // its files never change
  readonly urlOf: (name: string) => string;
}

/** What is known of a file on the shelf; of one that the checkpoint lacks, that. */
type Facts =
  | { readonly absent: true }
  | { readonly version: string | null; readonly bytes: number; readonly sha256: string };

export function keptFiles(
  far: CheckpointFiles,
  shelf: Promise<DownloadShelf | undefined>,
  options: KeepOptions,
): CheckpointFiles {
  const { id, pinned } = options;
  const folder = shelf.then((open) => open?.folder(id));
  let lacking: string[] | undefined = []; // names that the checkpoint lacks, until anything of it is kept
  let offline = false; // once the server could not be reached, what is here is what there is

  const open = async (name: string): Promise<OpenedFile | undefined> => {
    const own = await folder;
    const here = own && (await find(own, name));
    if (here && (pinned || offline)) return here.opened;
    let there: OpenedFile | undefined;
    try {
      there = await far.open(name);
    } catch (error) {
      if (!here) throw error;
      offline = true;
      return here.opened;
    }
    if (!own) return there;
    if (!there) {
      if (lacking) lacking.push(name);
      else await note(own, name, { absent: true }).catch(() => undefined); // asked again next time
      return undefined;
    }
    if (!here?.opened || !isSame(here.opened, there)) return there;
    await drop(there);
    return here.opened;
  };

  const keepFacts = async (own: ShelfFolder, name: string, facts: Facts) => {
    const before = lacking ?? [];
    lacking = undefined;
    for (const missing of before) await note(own, missing, { absent: true });
    await note(own, name, facts);
  };

  return {
    label: far.label,
    open,
    async read(name, maxBytes) {
      const opened = await open(name);
      if (!opened) return undefined;
      const where = `${far.label}/${name}`;
      const bytes = await collect(opened, where, maxBytes);
      const own = await folder;
      if (!own) return bytes;
      const sha256 = sha256Hex(bytes);
      if (opened.sha256 === undefined) {
        // What is at hand is used, whether or not it could be kept: small files are then fetched again next time.
        const part = own.part(name);
        await storeWhole(part, bytes)
          .then(() => keepFacts(own, name, { version: opened.version ?? null, bytes: bytes.length, sha256 }))
          .catch((error: unknown) => (isFull(error) ? part.discard() : undefined))
          .catch(() => undefined);
      } else if (opened.sha256 !== sha256) throw damagedWhereKept(where);
      return bytes;
    },
    async openWhole(name, onBytes) {
      const opened = await open(name);
      const [own, all] = [await folder, await shelf];
      if (!opened || !own || !all) return opened;
      const { sha256, version = null, bytes } = opened;
      if (sha256 !== undefined) {
        const used = keepFacts(own, name, { version, bytes: bytes!, sha256 });
        await used.catch(() => undefined); // its time only: one that is read where nothing can be written stays readable
        return opened;
      }
      if (!(await makeRoom(all, id, bytes ?? 0))) return opened;
      await drop(opened);
      const part = own.part(name);
      if ((await find(own, name))?.opened) await part.discard(); // of an older version, which may be as long
      try {
        const known = { url: options.urlOf(name), ...(bytes !== undefined && { bytes }) };
        const onProgress = (done: number, total: number | null) => onBytes(done, total ?? 0);
        const done = await downloadFile(known, part, { ...options, mayAsk: false, onProgress });
        await keepFacts(own, name, { version, bytes: done.bytes, sha256: done.sha256 });
        return fromShelf(done.file, version, done.sha256);
      } catch (cause) {
        if (isFull(cause)) {
          await part.discard();
          return far.open(name); // read as it comes, and not kept
        }
        if (cause instanceof OfflineError) throw cause;
        const why = (cause as Error).message;
        throw new DataError(`${far.label}/${name} could not be downloaded: ${why}`, { cause });
      }
    },
  };
}

/** Ends a stream that is not needed after all; one that broke has ended by itself. */
const drop = ({ stream }: OpenedFile) => stream.cancel().catch(() => undefined);

/** The file on the shelf, or that the checkpoint has none; undefined where nothing is known. */
async function find(
  own: ShelfFolder,
  name: string,
): Promise<{ readonly opened: OpenedFile | undefined } | undefined> {
  const text = await own.readFacts(name);
  if (text === undefined) return undefined;
  let facts: Facts;
  try {
    facts = JSON.parse(text) as Facts; // as `note` wrote it
  } catch {
    return undefined; // cut while it was written
  }
  if ("absent" in facts) return { opened: undefined };
  const file = await own.whole(name);
  if (file?.size !== facts.bytes) return undefined;
  return { opened: fromShelf(file, facts.version, facts.sha256) };
}

function fromShelf(file: SourceFile, version: string | null, sha256: string): OpenedFile {
  return {
    bytes: file.size,
    sha256,
    ...(version !== null && { version }),
    get stream() {
      return file.stream(); // opened only if it is read
    },
  };
}

function isSame(here: OpenedFile, there: OpenedFile): boolean {
  if (there.version === undefined || there.version !== here.version) return false;
  return there.bytes === undefined || there.bytes === here.bytes; // a packed answer tells no size
}

const note = (own: ShelfFolder, name: string, facts: Facts) => own.writeFacts(name, JSON.stringify(facts));

function isFull(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === "QuotaExceededError" || (at as { code?: unknown }).code === "ENOSPC") return true;
  }
  return false;
}
