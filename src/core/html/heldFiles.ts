// Files inside a page that the lab saved as one file, as text that no browser runs: written, listed, found whole again. Knows
// no file by name.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { pagePlace, type PagePlace } from "../pagePlace.ts";

const list = v.pipe(v.array(pagePlace), v.maxLength(10_000));

export interface HeldFile {
  readonly path: string;
  readonly content: Uint8Array;
}

const LIST = `<script type="application/json" id="hybrid-batch-lab-files">`;
const CLOSE = "</script>\n";
const open = (path: string) => `<script type="text/plain" data-file="${path}">`;

/** By which a page finds them again. */
export const HELD_LIST = "#hybrid-batch-lab-files";
export const HELD_FILE = "script[data-file]";

const placesOf = (files: readonly HeldFile[]): readonly PagePlace[] =>
  files.map(({ path, content }) => ({ path, bytes: content.length }));

/** Their list, then each as base64. @throws Error for a path that is none: these stand in attributes */
export const heldBlocks = (files: readonly HeldFile[]): string =>
  [
    listBlock(placesOf(files)),
    ...files.map(({ path, content }) => open(path) + base64Of(content) + CLOSE),
  ].join("");

/** The length of what `heldBlocks` will write, before there is a content. */
export const heldBlocksBytes = (places: readonly PagePlace[]): number =>
  places.reduce(
    (sum, { path, bytes }) => sum + open(path).length + 4 * Math.ceil(bytes / 3) + CLOSE.length,
    listBlock(places).length,
  );

const listBlock = (places: readonly PagePlace[]): string =>
  LIST + JSON.stringify(v.parse(list, places)) + CLOSE;

const CHUNK = 3 * 8192; // bytes: whole groups of three, few enough to be arguments

function base64Of(content: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < content.length; at += CHUNK)
    parts.push(btoa(String.fromCharCode(...content.subarray(at, at + CHUNK))));
  return parts.join("");
}

/**
 * @param listed text of the list; undefined where the page has none
 * @param blockOf text of a file's block; undefined where the page has none
 * @throws DataError in one sentence where the page was cut or changed on its way
 */
export function readHeld(
  listed: string | undefined,
  blockOf: (path: string) => string | undefined,
): readonly HeldFile[] {
  const places = parseList(listed);
  const files = places.map(({ path, bytes }) => ({ path, content: decoded(blockOf(path), bytes) }));
  const whole = files.filter((file): file is HeldFile => file.content !== undefined);
  const [first] = files.filter(({ content }) => content === undefined);
  if (first)
    throw new DataError(
      `This file is not whole: ${places.length - whole.length} of the ${places.length} parts that it trains with are cut or missing, the first is ${first.path}; get the file again from where it came`,
    );
  return whole;
}

function parseList(listed: string | undefined): readonly PagePlace[] {
  try {
    return v.parse(list, JSON.parse(listed ?? ""));
  } catch (cause) {
    throw new DataError(
      "This file is not whole: the list of the parts that it trains with is cut or missing; get the file again from where it came",
      { cause },
    );
  }
}

/** @returns undefined where it is not what it should be */
function decoded(text: string | undefined, bytes: number): Uint8Array | undefined {
  if (text?.length !== 4 * Math.ceil(bytes / 3)) return undefined;
  try {
    const binary = atob(text);
    return binary.length === bytes ? Uint8Array.from(binary, (letter) => letter.charCodeAt(0)) : undefined;
  } catch {
    return undefined; // other letters
  }
}
