// Whole small files that a person names or drops (a spec, a record, a recipe) to text and JSON. Reads no disk.
import { dataOf, SAVED_BY } from "../html/dataBlock.ts";
import { SpecError } from "../inputError.ts";
import { messageOf } from "../messageOf.ts";
import { foreignContent } from "./foreignContent.ts";
import { withLongIntegersQuoted } from "../longIntegers.ts";

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

/** What a page holds that the lab saved as one file; of any other page `givenText` says what it is. */
const pageText = (bytes: Uint8Array): string | undefined =>
  /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 64)))
    ? dataOf(new TextDecoder().decode(bytes))
    : undefined;

const PAGE_HEAD = 2000; // bytes, in which a page says who saved it
const HEAD = 300; // characters, in which a file of the lab says what it is

/** The beginning of a file that may be one of the lab's, whatever it is. */
export const headText = (bytes: Uint8Array): string =>
  (pageText(bytes) ?? new TextDecoder().decode(bytes.subarray(0, HEAD))).slice(0, HEAD);

/** Of a page that the lab saved the JSON in it. @param wanted what it should be, for the message: "a run.json of the lab" @throws SpecError as `givenText` does */
export const givenJson = (bytes: Uint8Array, name: string, wanted: string): unknown =>
  parseGiven(bytes, name, wanted, (text) => text);

/**
 * As `givenJson`, of a spec or a study: a whole number that a double cannot hold stays the text of its digits, so that what is
 * said of it names what was written. Values of records may be as large.
 */
export const givenSettings = (bytes: Uint8Array, name: string, wanted: string): unknown =>
  parseGiven(bytes, name, wanted, withLongIntegersQuoted);

function parseGiven(
  bytes: Uint8Array,
  name: string,
  wanted: string,
  prepare: (text: string) => string,
): unknown {
  const held = pageText(bytes);
  if (held === undefined && new TextDecoder().decode(bytes.subarray(0, PAGE_HEAD)).includes(SAVED_BY))
    throw new SpecError(
      `${name}: is a page of the lab that was cut off on its way; get the whole file again`,
    );
  const text = held ?? givenText(bytes, name);
  if (text.trim() === "") throw new SpecError(`${name}: is empty; name ${wanted}`);
  try {
    return JSON.parse(prepare(text)) as unknown;
  } catch (cause) {
    if (held !== undefined)
      throw new SpecError(`${name}: what this page holds is damaged (${messageOf(cause)}); get it again`, {
        cause,
      });
    throw new SpecError(`${name}: is not JSON (${messageOf(cause)}); name ${wanted}`, { cause });
  }
}
