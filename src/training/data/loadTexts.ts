// Opens a dataset for a run: which languages it has of those wanted, its chunks, and its texts by corpus row.
import type { Manifest } from "../../core/data/manifest.ts";
import type { Side } from "../../core/data/records.ts";
import type { CorpusRequest, RunProgress } from "../run/runPorts.ts";
import type { TextTokenizer } from "../text/encodeText.ts";
import type { ShardSource } from "./shardSource.ts";
import { streamCorpus, type CorpusChunk } from "./streamCorpus.ts";

export interface OpenedCorpus {
  readonly manifest: Manifest;
  readonly languages: readonly string[]; // the wanted ones that the dataset has
  chunks(onProgress: (progress: RunProgress) => void): AsyncGenerator<CorpusChunk>;
  /** Texts of the chunks handed out so far, by row of the corpus they build. */
  texts(side: Side, rows: readonly number[]): string[];
}

/** @throws Error naming the file if the manifest cannot be read */
export async function openCorpus(
  source: ShardSource,
  request: CorpusRequest,
  tokenizer: TextTokenizer,
): Promise<OpenedCorpus> {
  const manifest = await source.manifest();
  const languages = request.languages.filter((lang) => manifest.languages.includes(lang));
  const texts: Record<Side, string[]> = { queries: [], passages: [] };
  return {
    manifest,
    languages,
    async *chunks(onProgress) {
      const chunks = streamCorpus(source, {
        languages,
        sides: ["queries", "passages"],
        tokenizer,
        prefixes: request.prefixes,
        maxTokens: request.maxTokens,
        onProgress: ({ phase, done, total }) =>
          onProgress({ phase, done, total, unit: phase === "download" ? "bytes" : "texts" }),
      });
      for await (const chunk of chunks) {
        // Chunks come in manifest order, which is the order of corpus rows.
        texts[manifest.shards[chunk.columns.shard]!.side].push(...chunk.texts);
        yield chunk;
      }
    },
    texts: (side, rows) => rows.map((row) => texts[side][row] ?? ""),
  };
}
