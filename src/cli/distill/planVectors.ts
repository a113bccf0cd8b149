// What a vector recipe works on, before any vector is there: its texts by list, the pieces it keeps, both in tokens. Trains
// nothing and writes nothing.
import { DataError } from "../../core/inputError.ts";
import { listTexts, type TextList } from "../../core/distill/textLists.ts";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { createLeakCheck } from "../../training/distill/leakCheck.ts";
import { choosePieces, largestShares, pieceText } from "../../training/vectorBag/choosePieces.ts";
import { createTokenizer, type Tokenizer } from "../../training/text/tokenizer.ts";
import { forbidTests, readTexts, type SetTexts } from "./loadSources.ts";
import type { VectorList } from "./vectorFolder.ts";
import type { VectorTeacher } from "./vectorTeacher.ts";

/** Pieces of a text that the student reads. */
export const MAX_TOKENS = 128;

export interface VectorPlan {
  readonly manifests: readonly SetTexts["manifest"][];
  readonly lists: readonly TextList[];
  readonly tokenizer: Tokenizer; // of the student
  readonly tokenizerJson: string;
  readonly pieceIds: Int32Array; // (V) of the teacher's tokenizer
  readonly special: ReadonlySet<number>; // ids of the student's that stand in no text
  readonly tokens: readonly (readonly Int32Array[])[]; // by list and text, in the student's pieces
  readonly shares: Float64Array; // (V) largest share of each piece in the training texts of any language
  /** For the teacher: the pieces, then the lists in their order. */
  readonly toEncode: readonly VectorList[];
}

/** @throws DataError where a set is missing, a training text is in a test set or has no pivot, or pieces cannot be chosen */
export async function planVectors(
  recipe: VectorRecipe,
  teacher: VectorTeacher,
  home: string,
  say: (line: string) => void,
): Promise<VectorPlan> {
  const leaks = createLeakCheck();
  for (const id of await forbidTests(leaks, home))
    say(`${id} is not on this machine: no text is checked against it`);
  const sets: SetTexts[] = [];
  for (const { id, languages } of recipe.sources) {
    const texts = await readTexts({ id, dropTestPhrases: true }, ["passages"], leaks, home, languages);
    if (texts.rows.length === 0) throw new DataError(`${id} has no texts in the recipe's languages`);
    if (texts.leaked.length > 0)
      say(`${id}: ${texts.leaked.length} texts that a test set has too are left out`);
    sets.push(texts);
  }
  const lists = listTexts(
    recipe,
    sets.map(({ rows }) => rows.map((row) => ({ ...row, concept: row.concepts[0]! }))),
  );
  const counted = countPieces(lists, encodeAll(lists, teacher.tokenizer), teacher.tokenizer.vocabSize);
  const where = `${teacher.label}/tokenizer.json`;
  const { json, pieceIds } = choosePieces(teacher.tokenizerJson, counted, recipe.pieces, where);
  const tokenizer = createTokenizer(json);
  const special = specialIds(json);
  const tokens = encodeAll(lists, tokenizer).map((own) =>
    own.map((ids) => ids.filter((id) => !special.has(id)).slice(0, MAX_TOKENS)),
  );
  // A special token is no text: libraries differ on one that spells it.
  const pieces = Array.from(pieceIds, (_, id) => (special.has(id) ? "" : pieceText(tokenizer.piece(id))));
  const { prefixes } = teacher;
  return {
    manifests: sets.map(({ manifest }) => manifest),
    lists,
    tokenizer,
    tokenizerJson: json,
    pieceIds,
    special,
    tokens,
    shares: largestShares(countPieces(lists, tokens, tokenizer.vocabSize)),
    toEncode: [
      { name: "pieces", prefix: prefixes.query, texts: pieces },
      ...lists.map(({ set, kind, lang, texts }) => ({
        name: `${set} ${lang}`,
        prefix: prefixes[kind],
        texts: texts.map(({ text }) => text),
      })),
    ],
  };
}

const encodeAll = (lists: readonly TextList[], { encode }: Tokenizer): Int32Array[][] =>
  lists.map(({ texts }) => texts.map(({ text }) => encode(text)));

/** (pieces) occurrences in the training texts, per language. */
function countPieces(
  lists: readonly TextList[],
  tokens: readonly (readonly Int32Array[])[],
  pieces: number,
): Float64Array[] {
  const counts = new Map<string, Float64Array>();
  lists.forEach(({ lang, texts }, l) => {
    const own = counts.get(lang) ?? new Float64Array(pieces);
    counts.set(lang, own);
    texts.forEach(({ split }, i) => {
      if (split === "train") for (const piece of tokens[l]![i]!) own[piece]!++;
    });
  });
  return [...counts.values()];
}

/** Added tokens and the unknown piece. */
function specialIds(json: string): ReadonlySet<number> {
  const { added_tokens: added, model } = JSON.parse(json) as {
    added_tokens: { id: number }[];
    model: { unk_id: number };
  };
  return new Set([...added.map(({ id }) => id), model.unk_id]);
}
