// Tokenised shards, in manifest order, to one Corpus of numbers. Row numbers depend on manifest and languages only.
import { createConceptNumbers, createHashedNumbers } from "../../core/data/conceptNumbers.ts";
import type { Corpus, TextColumns } from "../../core/data/corpus.ts";
import { createDevConcepts, isDevDistractor, type DevConcepts } from "../../core/data/devPart.ts";
import type { Manifest } from "../../core/data/manifest.ts";
import { SIDES, SPLITS, type Side } from "../../core/data/records.ts";
import type { OpenedPack } from "./packedShard.ts";

/** The rows of a shard; their pieces and what was cut are left out while nothing is tokenised. */
export type BuiltRows = Pick<OpenedPack, "names"> & Partial<Pick<OpenedPack, "pieces" | "layout">>;

export interface CorpusBuilder {
  /** @throws Error when the shard comes out of order, is in no chosen language, or has another number of rows */
  add(shard: number, pack: BuiltRows): void;
  /** Rows longer than maxTokens so far. */
  readonly cutRows: number;
  /** (V) 1 for each piece that occurs in a row added so far. */
  readonly usedPieces: Uint8Array;
  /** Everything added; call once, after the last shard. */
  build(): Corpus;
}

/** A line holds at least its four keys: {"_id":"a","text":"b","lang":"en","concept":[]} is longer than this. */
const MIN_RECORD_BYTES = 40;

/**
 * @param languages a subset of the manifest's, in any order: Corpus.languages follows the manifest
 * @param vocabSize V, of the tokenizer
 * @throws RangeError naming a language the dataset lacks; Error for a shard that claims more rows than it has room for
 */
export function createCorpusBuilder(
  manifest: Manifest,
  languages: readonly string[],
  vocabSize: number,
): CorpusBuilder {
  const missing = languages.find((lang) => !manifest.languages.includes(lang));
  if (missing !== undefined) {
    throw new RangeError(
      `${manifest.id} has no language "${missing}"; it has ${manifest.languages.join(", ")}`,
    );
  }
  const ordered = manifest.languages.filter((lang) => languages.includes(lang));
  const liar = manifest.shards.find(({ count, textBytes }) => count * MIN_RECORD_BYTES > textBytes);
  if (liar) {
    const { path, count, textBytes } = liar;
    throw new Error(`${manifest.id}/${path}: the manifest states ${count} records in ${textBytes} bytes`);
  }
  const sides = {
    queries: openSide(manifest, "queries", ordered),
    passages: openSide(manifest, "passages", ordered),
  };
  const numbers = createConceptNumbers(manifest.concepts);
  const clusters = createHashedNumbers(); // no cluster is ever shown
  const dev = createDevConcepts();
  const usedPieces = new Uint8Array(vocabSize);
  let cutRows = 0;
  let last = -1;
  return {
    add(index, { names, pieces = [], layout }) {
      const shard = manifest.shards[index];
      const where = `${manifest.id}/${shard?.path ?? `shard ${index}`}`;
      if (!shard) throw new Error(`${where}: the manifest has ${manifest.shards.length} shards`);
      if (!ordered.includes(shard.lang)) throw new Error(`${where}: language "${shard.lang}" was not chosen`);
      if (index <= last) throw new Error(`${where}: comes after shard ${last}, not in the manifest's order`);
      if (names.length !== shard.count) {
        throw new Error(`${where}: ${names.length} rows, the manifest states ${shard.count}`);
      }
      last = index;
      cutRows += layout?.cutRows ?? 0;
      for (const piece of pieces) usedPieces[piece] = 1;
      const side = sides[shard.side];
      side.langs.fill(ordered.indexOf(shard.lang), side.rows, side.rows + shard.count);
      side.splits.fill(SPLITS.indexOf(shard.split), side.rows, side.rows + shard.count);
      const own: number[] = [];
      const ownGrades: number[] = [];
      for (const { id, concepts, grades, cluster } of names) {
        if (cluster !== undefined) {
          side.clusters ??= new Int32Array(side.langs.length).fill(-1);
          side.clusters[side.rows] = clusters.numberOf(cluster);
        }
        side.isGraded ||= grades !== undefined;
        for (const [i, concept] of concepts.entries()) {
          const number = numbers.numberOf(concept);
          dev.told(number, concept);
          if (shard.side === "queries") dev.asked(number, shard.split, cluster);
          own.push(number);
          ownGrades.push(grades?.[i] ?? 1);
        }
        if (concepts.length === 0 && isDevDistractor(id)) side.inDev[side.rows] = 1;
        side.conceptOffsets[++side.rows] = side.concepts + own.length;
      }
      side.parts.push({ concepts: Int32Array.from(own), grades: Uint8Array.from(ownGrades) });
      side.concepts += own.length;
    },
    get cutRows() {
      return cutRows;
    },
    usedPieces,
    build() {
      const [queries, passages] = SIDES.map((side) => closeSide(sides[side], side, dev));
      numbers.settle([queries!.concepts, passages!.concepts]);
      const { id: datasetId, sha256, ownDocuments } = manifest;
      const nConcepts = numbers.size;
      const own = ownDocuments && { leavesOutOwn: true };
      return {
        datasetId,
        sha256,
        languages: ordered,
        nConcepts,
        ...own,
        queries: queries!,
        passages: passages!,
      };
    },
  };
}

interface OpenSide extends Omit<TextColumns, "concepts" | "grades" | "clusters" | "inDev"> {
  readonly parts: { readonly concepts: Int32Array; readonly grades: Uint8Array }[]; // shard by shard
  isGraded: boolean; // some grade is not 1
  readonly inDev: Uint8Array;
  clusters?: Int32Array;
  rows: number; // so far
  concepts: number; // so far
}

function openSide(manifest: Manifest, side: Side, languages: readonly string[]): OpenSide {
  const n = manifest.shards
    .filter((shard) => shard.side === side && languages.includes(shard.lang))
    .reduce((sum, { count }) => sum + count, 0);
  const columns = {
    langs: new Uint16Array(n),
    splits: new Uint8Array(n),
    conceptOffsets: new Int32Array(n + 1),
    inDev: new Uint8Array(n),
  };
  return { ...columns, parts: [], isGraded: false, rows: 0, concepts: 0 };
}

/** Call before the numbers are settled: `dev` knows concepts as they were given. */
function closeSide(open: OpenSide, side: Side, dev: DevConcepts): TextColumns {
  const { langs, splits, conceptOffsets, inDev, parts, isGraded, rows, concepts: total, clusters } = open;
  if (rows !== langs.length) throw new Error(`build: ${rows} rows were added, ${langs.length} are due`);
  const concepts = new Int32Array(total);
  const grades = new Uint8Array(isGraded ? total : 0);
  let at = 0;
  for (const part of parts) {
    concepts.set(part.concepts, at);
    if (isGraded) grades.set(part.grades, at);
    at += part.concepts.length;
  }
  for (let row = 0; row < rows; row++) {
    const split = SPLITS[splits[row]!]!;
    if (split !== "train" && !(split === "dev" && side === "queries")) inDev[row] = 0;
    else
      for (let c = conceptOffsets[row]!; c < conceptOffsets[row + 1]!; c++) {
        if (dev.has(concepts[c]!)) inDev[row] = 1;
      }
  }
  return {
    langs,
    splits,
    conceptOffsets,
    concepts,
    inDev,
    ...(isGraded && { grades }),
    ...(clusters && { clusters }),
  };
}
