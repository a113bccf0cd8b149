// What the matrices of a model may be stored as when it is given away: who reads that, and what it costs. Biases, norms and
// weights of pieces are float32 in each. Writes nothing.
import { SpecError } from "../inputError.ts";

interface DtypeFacts {
  readonly title: string; // for people
  readonly python: boolean; // whether sentence-transformers reads it
  /** The most by which a cosine of two texts may differ from float32's; measured with 32 dimensions, less with more. */
  readonly tolerance: number;
}

export const MODEL_DTYPES = {
  F32: { title: "float32", python: true, tolerance: 0 },
  F16: { title: "float16, half the size", python: true, tolerance: 0.001 },
  I8: { title: "int8, a quarter, for this lab", python: false, tolerance: 0.01 },
} as const satisfies Readonly<Record<string, DtypeFacts>>;
export type ModelDtype = keyof typeof MODEL_DTYPES;

const isDtype = (text: string): text is ModelDtype => Object.hasOwn(MODEL_DTYPES, text);

/** Whom a model is written for, and the types each reads, the usual one first. */
export const MODEL_READERS = {
  "sentence-transformers": ["F32", "F16"],
  lab: ["I8", "F16", "F32"],
} as const satisfies Readonly<Record<string, readonly ModelDtype[]>>;
export type ModelReader = keyof typeof MODEL_READERS;

/** Plainer names of readers. */
const ALIASES: Readonly<Record<string, ModelReader>> = { model: "sentence-transformers" };

/** @returns undefined for what is no reader */
export const modelReader = (text: string | undefined): ModelReader | undefined =>
  text !== undefined && Object.hasOwn(ALIASES, text) ? ALIASES[text] : isModelReader(text) ? text : undefined;

export function isModelReader(text: string | undefined): text is ModelReader {
  return text !== undefined && Object.hasOwn(MODEL_READERS, text);
}

/** @param text a type, or undefined for the usual one. @throws SpecError for one that the reader does not read */
export function dtypeFor(reader: ModelReader, text: string | undefined): ModelDtype {
  const read: readonly ModelDtype[] = MODEL_READERS[reader];
  const asked = text?.toUpperCase() ?? read[0]!;
  if (isDtype(asked) && read.includes(asked)) return asked;
  throw new SpecError(`--dtype ${text}: ${reader} reads ${read.join(", ")}`);
}

/** What a README says of the type; "" where nothing is lost. */
export function dtypeSentence(dtype: ModelDtype): string {
  const { tolerance } = MODEL_DTYPES[dtype];
  const cosines = `cosines of texts differ from those in float32 by less than ${tolerance}`;
  switch (dtype) {
    case "F32":
      return "";
    case "F16":
      return `Matrices are stored in float16, all else in float32: ${cosines}.`;
    case "I8":
      return `Matrices are stored in int8 with a scale for each row, all else in float32: ${cosines}. sentence-transformers does not read this: open the folder in the lab, or export it from there for Python (\`npm run lab -- export ./folder --to sentence-transformers --out DIR\`).`;
  }
}
