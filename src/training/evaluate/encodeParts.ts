// Lists of texts encoded one after the other, told as one phase. Ranks nothing.
import type { TokenRows } from "../../core/data/corpus.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import type { Encodes } from "../model/createEncoder.ts";
import type { Gate } from "./poolBlocks.ts";

/** (n, D) of each list, in order. @throws what the signal throws */
export async function encodeParts(
  model: Encodes,
  parts: readonly TokenRows[],
  signal: Gate["signal"],
  progress: (progress: RunProgress) => void,
): Promise<Float32Array[]> {
  const size = ({ offsets }: TokenRows) => offsets.length - 1;
  const total = parts.reduce((sum, part) => sum + size(part), 0);
  const vectors: Float32Array[] = [];
  let before = 0;
  for (const part of parts) {
    const told = (texts: number) => progress({ phase: "encode", done: before + texts, total, unit: "texts" });
    vectors.push(await model.encode(part, signal, told));
    before += size(part);
  }
  return vectors;
}
