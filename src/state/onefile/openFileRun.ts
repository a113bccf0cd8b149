// The run of a file that trains, on the workers inside that file.
import { createFileClient } from "../../workers/fileClient.ts";
import { createFileRun, type FileRun } from "./fileRun.ts";

/** @param files by their place in the lab's page */
export const openFileRun = (files: ReadonlyMap<string, Blob>): FileRun =>
  createFileRun(
    () => createFileClient(files),
    () => Date.now(),
  );
