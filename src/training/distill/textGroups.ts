// Texts of many sets in one store of tokens, grouped by what they mean. Reads no file and draws nothing.
import type { TokenRows } from "../../core/data/corpus.ts";
import type { Side, Split } from "../../core/data/records.ts";
import type { Source } from "../../core/distill/recipe.ts";

/** A text: its language (index into TextStore.languages) and its row in TextStore.rows. */
export interface TextRef {
  readonly lang: number;
  readonly row: number;
}

/** What one concept of one set says, in all its languages. A parallel sentence is a passage and no query. */
export interface Group {
  readonly concept: string;
  readonly queries: readonly TextRef[];
  readonly passages: readonly TextRef[];
}

export interface GroupedSet {
  readonly source: Source;
  readonly groups: readonly Group[];
}

export interface TextStore {
  readonly languages: readonly string[];
  readonly rows: TokenRows;
  readonly sets: readonly GroupedSet[];
}

/** A record of a set in tokens. */
export interface SourceRow {
  readonly side: Side;
  readonly split: Split;
  readonly lang: string;
  readonly concepts: readonly string[];
  readonly tokens: Int32Array; // ids of the full tokenizer
}

export interface LoadedSource {
  readonly source: Source;
  readonly rows: readonly SourceRow[];
}

/**
 * The rows of one split, grouped by concept in the order in which concepts appear. Empty texts are left out, and so are
 * the queries of parallel texts, which repeat the passages.
 */
export function groupTexts(loaded: readonly LoadedSource[], split: Split): TextStore {
  const languages = [...new Set(loaded.flatMap(({ rows }) => rows.map(({ lang }) => lang)))].sort();
  const langOf = new Map(languages.map((lang, i) => [lang, i]));
  const tokens: Int32Array[] = [];
  const sets = loaded.map(({ source, rows }) => {
    const groups = new Map<string, { concept: string; queries: TextRef[]; passages: TextRef[] }>();
    for (const row of rows) {
      if (row.split !== split || row.tokens.length === 0) continue;
      if (row.side === "queries" && source.use !== "pairs") continue;
      const ref = { lang: langOf.get(row.lang)!, row: tokens.push(row.tokens) - 1 };
      for (const concept of row.concepts) {
        let group = groups.get(concept);
        if (!group) groups.set(concept, (group = { concept, queries: [], passages: [] }));
        group[row.side].push(ref);
      }
    }
    return { source, groups: [...groups.values()] };
  });
  return { languages, rows: joinRows(tokens), sets };
}

/** Token lists laid end to end. */
export function joinRows(lists: readonly Int32Array[]): TokenRows {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (offsets[i + 1] = offsets[i]! + list.length));
  const tokens = new Int32Array(offsets[lists.length]!);
  lists.forEach((list, i) => tokens.set(list, offsets[i]));
  return { offsets, tokens };
}

/** The tokens of one row; a view. */
export function tokensOf({ offsets, tokens }: TokenRows, row: number): Int32Array {
  return tokens.subarray(offsets[row], offsets[row + 1]);
}
