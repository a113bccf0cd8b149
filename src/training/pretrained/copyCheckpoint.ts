// Takes a checkpoint into a store: understood first, then copied file by file, visible only once all is there.
import type { Prompts } from "../../core/encoders/textSettings.ts";
import { DataError } from "../../core/inputError.ts";
import type { CheckpointFiles, OpenedFile } from "./checkpointFiles.ts";
import { checkWeights, weightBytes } from "./loadWeights.ts";
import { openCheckpoint, type CheckpointHints, type OpenedCheckpoint } from "./openCheckpoint.ts";
import { createScaleCheck } from "./weightFiles.ts";

/** One checkpoint being written. Nothing is visible under its name before `commit`. */
export interface CheckpointSink {
  /** @returns after the last byte is stored */
  write(name: string, stream: ReadableStream<Uint8Array>): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>; // removes what was written; safe to call twice
}

/** Weights as stated by the headers of this file, in bytes; for progress. */
type OnBytes = (done: number, total: number) => void;

/**
 * Copies the files that reading the checkpoint needs, and no others.
 * @param onOpened told what it is, before its weights are asked for
 * @throws DataError as openCheckpoint and checkWeights, or where a file is cut short or holds a scale that is none; the
 * sink is then aborted
 */
export async function copyCheckpoint(
  source: CheckpointFiles,
  hints: CheckpointHints,
  sink: CheckpointSink,
  onBytes: OnBytes = () => undefined,
  onOpened: (opened: OpenedCheckpoint) => void = () => undefined,
): Promise<OpenedCheckpoint> {
  const names = new Set<string>();
  const noting = <T>(name: string, file: T): T => {
    if (file !== undefined) names.add(name);
    return file;
  };
  const noted: CheckpointFiles = {
    label: source.label,
    read: async (name, maxBytes) => noting(name, await source.read(name, maxBytes)),
    open: async (name) => noting(name, await source.open(name)),
  };
  try {
    const opened = await openCheckpoint(noted, hints);
    checkWeights(opened);
    onOpened(opened);
    const weightFiles = [...opened.weights, ...(opened.dense?.weights ?? [])];
    const total = weightBytes(opened);
    let done = 0;
    // A tokenizer of another folder is taken as it is: the class that this one names does not go with it.
    const foreign = !names.has("tokenizer.json");
    if (foreign) names.delete("tokenizer_config.json");
    for (const name of names) {
      const file = await source.open(name);
      if (!file) continue; // gone since it was read: what is stored is opened once more by whoever uses it
      const where = `${source.label}/${name}`;
      const weights = weightFiles.find((one) => one.name === name);
      const check = weights && createScaleCheck(weights, where);
      const pass = (chunk: Uint8Array) => {
        check?.(chunk);
        onBytes((done += chunk.length), Math.max(done, total));
      };
      await sink.write(name, watched(file, where, pass));
    }
    const text = (value: string) => new Blob([value]).stream();
    if (foreign) await sink.write("tokenizer.json", text(opened.tokenizerJson));
    if (hints.prefixes && opened.prefixes === hints.prefixes) {
      // Prompts count beside modules.json only.
      const files = names.has("modules.json")
        ? promptFiles(hints.prefixes)
        : { ...promptFiles(hints.prefixes), ...MEAN_MODULES };
      for (const [name, content] of Object.entries(files)) {
        if (!names.has(name)) await sink.write(name, text(JSON.stringify(content)));
      }
    }
    await sink.commit();
    return opened;
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

const promptFiles = ({ query, passage }: Prompts) => ({
  "config_sentence_transformers.json": { prompts: { query, document: passage } },
});

const module = (idx: number, path: string, name: string) => ({
  idx,
  name: `${idx}`,
  path,
  type: `sentence_transformers.models.${name}`,
});
/** What sentence-transformers makes of a folder that has no list of modules. */
const MEAN_MODULES = {
  "modules.json": [module(0, "", "Transformer"), module(1, "1_Pooling", "Pooling")],
  "1_Pooling/config.json": { pooling_mode: "mean" },
};

/** The file's stream, shown as it passes. @throws DataError at an end before the stated one */
function watched(
  { stream, bytes }: OpenedFile,
  where: string,
  pass: (chunk: Uint8Array) => void,
): ReadableStream<Uint8Array> {
  let passed = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        passed += chunk.length;
        pass(chunk);
        controller.enqueue(chunk);
      },
      flush() {
        if (bytes === undefined || passed >= bytes) return;
        throw new DataError(`${where} ends after ${passed} of ${bytes} bytes: it is cut short`);
      },
    }),
  );
}
