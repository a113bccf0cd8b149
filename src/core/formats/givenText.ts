// Whole small files that a person names or drops (a spec, a record, a recipe) to text and JSON. Reads no disk.
import { SpecError } from "../inputError.ts";
import { messageOf } from "../messageOf.ts";
import { foreignContent } from "./foreignContent.ts";

/** Without a byte order mark. @throws SpecError saying what the file is, where it is no text */
export function givenText(bytes: Uint8Array, name: string): string {
  const foreign = foreignContent(bytes);
  if (foreign !== undefined) throw new SpecError(`${name}: ${foreign}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SpecError(`${name}: is not UTF-8; save the file as UTF-8`, { cause });
  }
}

/** @param wanted what it should be, for the message: "a run.json of the lab" @throws SpecError as `givenText` does */
export function givenJson(bytes: Uint8Array, name: string, wanted: string): unknown {
  const text = givenText(bytes, name);
  if (text.trim() === "") throw new SpecError(`${name}: is empty; name ${wanted}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new SpecError(`${name}: is not JSON (${messageOf(cause)}); name ${wanted}`, { cause });
  }
}
