// What the first download of a file without a known hash brought, so that later ones are held to it. Never fetches.
import { DataError } from "../inputError.ts";
import * as v from "valibot";

const pinsSchema = v.record(
  v.string(), // the file's name
  v.object({ url: v.string(), bytes: v.number(), sha256: v.string() }),
);

export type DownloadPins = v.InferOutput<typeof pinsSchema>;

/** @throws Error naming `where`, when the text is no list of pins */
export function parsePins(text: string, where: string): DownloadPins {
  try {
    return v.parse(pinsSchema, JSON.parse(text));
  } catch (cause) {
    throw new DataError(`${where}: is damaged; delete it to note what the next download brings`, { cause });
  }
}
