// Chunks, in whatever order they arrive, to one Corpus. Row numbers depend on manifest and languages only.
import type { Corpus, TextColumns } from "../../core/data/corpus.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SPLITS, type Side } from "../../core/data/records.ts";
import type { ChunkColumns } from "./streamCorpus.ts";

export interface CorpusBuilder {
  /** @throws Error when the shard was added before, is in no chosen language, or has another number of rows */
  add(columns: ChunkColumns): void;
  /** Rows longer than maxTokens so far. */
  readonly cutRows: number;
  /** Everything added so far, in manifest order. Sides or splits that were not streamed are empty. */
  build(): Corpus;
}

/**
 * @param languages a subset of the manifest's, in any order: Corpus.languages follows the manifest
 * @throws RangeError naming a language the dataset lacks
 */
export function createCorpusBuilder(manifest: Manifest, languages: readonly string[]): CorpusBuilder {
  const missing = languages.find((lang) => !manifest.languages.includes(lang));
  if (missing !== undefined) {
    throw new RangeError(
      `${manifest.id} has no language "${missing}"; it has ${manifest.languages.join(", ")}`,
    );
  }
  const ordered = manifest.languages.filter((lang) => languages.includes(lang));
  const chunks = new Map<number, ChunkColumns>(); // by shard index
  let cutRows = 0;
  return {
    add(columns) {
      const shard = manifest.shards[columns.shard];
      const where = `${manifest.id}/${shard?.path ?? `shard ${columns.shard}`}`;
      if (!shard) throw new Error(`${where}: the manifest has ${manifest.shards.length} shards`);
      if (!ordered.includes(shard.lang)) throw new Error(`${where}: language "${shard.lang}" was not chosen`);
      if (chunks.has(columns.shard)) throw new Error(`${where}: was added before`);
      if (columns.ids.length !== shard.count) {
        throw new Error(`${where}: ${columns.ids.length} rows, the manifest states ${shard.count}`);
      }
      chunks.set(columns.shard, columns);
      cutRows += columns.cutRows;
    },
    get cutRows() {
      return cutRows;
    },
    build() {
      const concepts = [...new Set([...chunks.values()].flatMap((c) => c.concepts))].sort();
      const indexOf = new Map(concepts.map((concept, i) => [concept, i]));
      const side = (name: Side) => concatenate(manifest, chunks, name, ordered, indexOf);
      const { id: datasetId, sha256 } = manifest;
      const sides = { queries: side("queries"), passages: side("passages") };
      return { datasetId, sha256, languages: ordered, concepts, ...sides };
    },
  };
}

function concatenate(
  manifest: Manifest,
  chunks: ReadonlyMap<number, ChunkColumns>,
  side: Side,
  languages: readonly string[],
  indexOf: ReadonlyMap<string, number>,
): TextColumns {
  const parts = manifest.shards.flatMap((shard, i) => {
    const chunk = shard.side === side ? chunks.get(i) : undefined;
    return chunk ? [{ shard, chunk }] : [];
  });
  const total = (size: (chunk: ChunkColumns) => number) =>
    parts.reduce((sum, { chunk }) => sum + size(chunk), 0);
  const n = total((c) => c.ids.length);
  const ids: string[] = [];
  const langs = new Uint16Array(n);
  const splits = new Uint8Array(n);
  const offsets = new Int32Array(n + 1);
  const tokens = new Int32Array(total((c) => c.rows.tokens.length));
  const conceptOffsets = new Int32Array(n + 1);
  const concepts = new Int32Array(total((c) => c.concepts.length));
  let row = 0;
  for (const { shard, chunk } of parts) {
    const firstToken = offsets[row]!;
    const firstConcept = conceptOffsets[row]!;
    tokens.set(chunk.rows.tokens, firstToken);
    chunk.concepts.forEach((concept, i) => (concepts[firstConcept + i] = indexOf.get(concept)!));
    langs.fill(languages.indexOf(shard.lang), row, row + shard.count);
    splits.fill(SPLITS.indexOf(shard.split), row, row + shard.count);
    for (const [i, id] of chunk.ids.entries()) {
      ids.push(id);
      offsets[row + 1] = firstToken + chunk.rows.offsets[i + 1]!;
      conceptOffsets[row + 1] = firstConcept + chunk.conceptOffsets[i + 1]!;
      row++;
    }
  }
  return { ids, langs, splits, offsets, tokens, conceptOffsets, concepts };
}
