// The JSON files of a checkpoint, and which of them stand in the encoder's hash with their text. Knows no field of theirs.
import { DataError } from "../../core/inputError.ts";
import { parseJson, readText, type CheckpointFiles } from "./checkpointFiles.ts";

const MAX_BYTES = 2 ** 20;

export interface SmallFiles {
  /** A file that may be left out. @throws DataError if it is no JSON */
  readonly optional: (name: string, maxBytes?: number) => Promise<unknown>;
  /** The same, beside the hash: what it changes stands there, so that folders read alike before and after keep theirs. */
  readonly aside: (name: string) => Promise<unknown>;
  /** @throws DataError if it is not there */
  readonly required: (name: string) => Promise<unknown>;
  readonly at: (name: string) => string; // the file in messages
  /** Names and texts of what was read for the hash. */
  readonly text: () => string;
}

export function createSmallFiles(files: CheckpointFiles): SmallFiles {
  const read: string[] = [];
  const at = (name: string) => `${files.label}/${name}`;
  const optional = async (name: string, maxBytes = MAX_BYTES): Promise<unknown> => {
    const text = await readText(files, name, maxBytes);
    if (text === undefined) return undefined;
    read.push(`${name}\n${text}`);
    return parseJson(text, at(name));
  };
  return {
    optional,
    async aside(name) {
      const text = await readText(files, name, MAX_BYTES);
      return text === undefined ? undefined : parseJson(text, at(name));
    },
    async required(name) {
      const value = await optional(name);
      if (value === undefined)
        throw new DataError(`${files.label} has no ${name}: it is no checkpoint the lab can read`);
      return value;
    },
    at,
    text: () => read.join("\n"),
  };
}
