// A file that a person gives to the page, read whole up to a limit. What is in it is for others to say.
import { SpecError } from "../inputError.ts";
import { visibleText } from "../visibleText.ts";
import { inMiB } from "./limits.ts";

/** What of a `File` is read. */
export interface WholeFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** @param what it should be, for the message: "a run record" @throws SpecError where it is larger than that can be, or cannot be read */
export async function wholeFile(file: WholeFile, maxBytes: number, what: string): Promise<Uint8Array> {
  if (file.size > maxBytes)
    throw new SpecError(`${visibleText(file.name)}: ${what} has at most ${inMiB(maxBytes)}, this has more`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new SpecError(
      `${visibleText(file.name)}: cannot be read: it is a folder, of which its files can be given, or it was moved or changed meanwhile`,
      { cause },
    );
  }
}
