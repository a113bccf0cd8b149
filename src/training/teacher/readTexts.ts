// A teacher reads the texts of a run before it trains: what is kept of earlier runs is taken, the rest encoded, kept a
// block at a time, and said how long it takes. Holds no vector itself.
import type { RowTokens, TokenRows } from "../../core/data/corpus.ts";
import type { Side } from "../../core/data/records.ts";
import type { RunControl } from "../../core/run/control.ts";
import { duration } from "../../core/run/duration.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { KeptVectors } from "./keptVectors.ts";
import type { TextAt, TextVectors } from "./textVectors.ts";

export interface Reader {
  readonly id: string; // of the teacher, in the spec
  readonly width: number;
  readonly atOnce: number; // texts
  readonly vectors: TextVectors;
  readonly kept: KeptVectors | undefined;
  /** (n, width) vectors of texts by their tokens in the whole tokenizer. */
  encode(texts: TokenRows): Promise<Float32Array>;
}

export interface ReadRows {
  readonly corpus: RowTokens;
  readonly side: Side;
  readonly rows: Int32Array;
}

export interface ReadingPorts {
  nowMs(): number;
  readonly control: Pick<RunControl, "gate" | "stopped" | "suspended">;
  readonly onProgress: (progress: RunProgress) => void;
  readonly notice: (sentence: string) => void;
}

/** Blocks are kept this often: what a kill may cost. */
const KEEP_MS = 5000;
const KEEP_TEXTS = 1024;
/** Shorter readings are not announced. */
const WORTH_SAYING = 10; // seconds

/**
 * As many texts as there is room for, the first ones first; those that did not fit are encoded when they are asked for.
 * @returns "left" where the run was stopped or left meanwhile; what was read is then kept
 */
export async function readTexts(
  sources: readonly ReadRows[],
  reader: Reader,
  ports: ReadingPorts,
): Promise<"left" | undefined> {
  const { vectors, kept, width, atOnce } = reader;
  const { nowMs, control, onProgress } = ports;
  const wanted = new Map<string, TextAt>();
  for (const { corpus, side, rows } of sources) {
    for (const [key, text] of await vectors.texts(corpus, side, rows)) {
      if (wanted.size < vectors.room) wanted.set(key, text);
    }
  }
  const total = wanted.size;
  await kept?.take((key) => wanted.has(key) && !vectors.has(key), vectors.put);
  // Texts of one length make one block; the longest come first, so that the time said is no less than it takes.
  const missing = [...wanted]
    .filter(([key]) => !vectors.has(key))
    .sort(([, a], [, b]) => b.length - a.length);
  const known = total - missing.length;
  const tell = (done: number) => onProgress({ phase: "teacher", done: known + done, total, unit: "texts" });
  tell(0);
  const keep = createKeeper(kept, width, nowMs);
  let tokens = missing.reduce((sum, [, { length }]) => sum + length, 0);
  for (let at = 0; at < missing.length; at += atOnce) {
    await control.gate();
    if (control.stopped || control.suspended === true) {
      await keep.now();
      return "left";
    }
    const chunk = missing.slice(at, at + atOnce);
    const startMs = nowMs();
    const fresh = await reader.encode(await tokensOf(chunk.map(([, text]) => text)));
    const seconds = (nowMs() - startMs) / 1000;
    chunk.forEach(([key], i) => vectors.put(key, fresh.slice(i * width, (i + 1) * width)));
    await keep.later(
      chunk.map(([key]) => key),
      fresh,
    );
    const read = chunk.reduce((sum, [, { length }]) => sum + length, 0);
    const left = read > 0 ? (seconds * (tokens - read)) / read : 0;
    tokens -= read;
    if (at === 0 && left >= WORTH_SAYING) ports.notice(announcement(reader.id, missing.length, known, left));
    tell(at + chunk.length);
  }
  await keep.now();
  return undefined;
}

const count = new Intl.NumberFormat("en");

function announcement(id: string, missing: number, known: number, seconds: number): string {
  const rest = known > 0 ? `, beside ${count.format(known)} it has read before` : "";
  return `The teacher ${id} reads ${count.format(missing)} texts before training${rest}: about ${duration(seconds)}. Its vectors are kept for later runs.`;
}

/** The tokens of texts in the order given, one question for each side of a corpus. */
async function tokensOf(texts: readonly TextAt[]): Promise<TokenRows> {
  const parts = new Array<Int32Array>(texts.length);
  for (const corpus of new Set(texts.map((text) => text.corpus))) {
    for (const side of ["queries", "passages"] as const) {
      const places = [...texts.keys()].filter((i) => texts[i]!.corpus === corpus && texts[i]!.side === side);
      if (places.length === 0) continue;
      const rows = Int32Array.from(places, (i) => texts[i]!.row);
      const { offsets, tokens } = await corpus.tokens(side, rows);
      places.forEach((i, n) => (parts[i] = tokens.subarray(offsets[n], offsets[n + 1])));
    }
  }
  const offsets = new Int32Array(texts.length + 1);
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
  const tokens = new Int32Array(offsets[texts.length]!);
  parts.forEach((part, i) => tokens.set(part, offsets[i]));
  return { offsets, tokens };
}

/** Gathers what is read into blocks worth writing. */
function createKeeper(kept: KeptVectors | undefined, width: number, nowMs: () => number) {
  let keys: string[] = [];
  let parts: Float32Array[] = [];
  let sinceMs = nowMs();
  const now = async () => {
    if (kept && keys.length > 0) {
      const all = new Float32Array(keys.length * width);
      parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
      await kept.add(keys, all);
    }
    [keys, parts, sinceMs] = [[], [], nowMs()];
  };
  return {
    now,
    async later(fresh: readonly string[], vectors: Float32Array) {
      keys.push(...fresh);
      parts.push(vectors);
      if (keys.length >= KEEP_TEXTS || nowMs() - sinceMs >= KEEP_MS) await now();
    },
  };
}
