// What a file is that the lab itself has written, told from its head, for whoever was given it at another door. Reads no more of it.
import { chunksOf, type SourceFile } from "./sourceFile.ts";

const HEAD_BYTES = 300; // in which a file of the lab says what it is

/** By the name in its schema: what it is, and where the page opens it. */
const FILES: Readonly<Record<string, string>> = {
  run: "a run record of the lab; “Open run.json” beside the runs opens it",
  runs: "a file of runs of the lab; “Open run.json” beside the runs opens it",
  study: "a study of the lab; the view Study opens it",
  "study-results": "a study’s results; the view Study opens it",
};

/** What parsed JSON is that is no run, fit for "FILE: …"; undefined where it is nothing the lab has written. */
export function notARun(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { schema } = value as { readonly schema?: unknown };
  if (schema === undefined)
    return "batch" in value && "optimizer" in value && "steps" in value
      ? "is a recipe, of which nothing is trained yet; train it, or name the run.json, the page or the card of a run"
      : undefined;
  const kind =
    typeof schema === "string" ? /^hybrid-batch-lab\/(study(?:-results)?)@/.exec(schema)?.[1] : undefined;
  return kind && `is ${FILES[kind]}`;
}

/** @returns "is a run record of the lab; …", to follow its name; undefined of any other file */
export async function labFile(file: SourceFile): Promise<string | undefined> {
  for await (const start of chunksOf(file.stream())) {
    const head = new TextDecoder().decode(start.subarray(0, HEAD_BYTES));
    const kind = /^\s*\{\s*"schema":\s*"hybrid-batch-lab\/([a-z-]+)@/.exec(head)?.[1];
    return kind !== undefined && Object.hasOwn(FILES, kind) ? `is ${FILES[kind]}` : undefined;
  }
  return undefined;
}
