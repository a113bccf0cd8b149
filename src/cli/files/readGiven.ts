// A file that a person names on the command line, whole. What is in it is for others to say.
import { readFile } from "node:fs/promises";
import { SpecError } from "../../core/inputError.ts";
import { readProblem } from "./codeOf.ts";

/** @param wanted what should be named, for the message: "a run.json" @throws SpecError where it cannot be read */
export async function readGiven(file: string, wanted: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: unknown) => {
    throw new SpecError(`${file}: ${readProblem(cause)}; name ${wanted}`, { cause });
  });
}
