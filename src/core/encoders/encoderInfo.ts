// An encoder as it is shown to a person and judged for size: facts only, from a catalogue or a checkpoint's own files.
import type { Pooling } from "./moduleList.ts";
import type { Prompts } from "./textSettings.ts";

/** A checkpoint of the hub of which files are kept on this machine, whole or in part. */
export interface KeptDownload {
  readonly id: string; // as in the spec: hf:owner/name@revision; or of a teacher's vectors
  readonly bytes: number;
  readonly usedMs: number; // when it was last used, milliseconds since 1970
}

/** Stands before the id of a teacher, and a hash, where its vectors are meant and not its files. */
export const VECTORS_OF = "vectors:";

/** How fast an encoder was trained and asked. */
export interface Speeds {
  readonly pairs: number; // trained on, per second
  readonly texts: number; // of an evaluation, questions and passages, per second
}

export interface EncoderInfo {
  readonly id: string; // as in the spec
  readonly layers: number;
  readonly width: number; // of hidden states
  readonly heads: number;
  readonly feedForward: number;
  readonly vocabRows: number; // of the whole vocabulary
  readonly pooling: Pooling | null; // null = the field decides
  readonly outputs: number; // dimensions of a text's vector
  readonly hasTokenWeights: boolean;
  readonly longest: number | null; // tokens of a text; null = any
  readonly prefixes: Prompts | null;
  readonly bytes: number; // of the weight files
  readonly notes: readonly string[]; // how it is read, where that may surprise
}
