// What a vector recipe works on, before any vector is there: its texts by list, the pieces it keeps, both in tokens. Trains
// nothing and writes nothing.
import { DataError } from "../../core/inputError.ts";
import { listTexts, type TextList } from "../../core/distill/textLists.ts";
import type { VectorRecipe } from "../../core/distill/vectorRecipe.ts";
import { createLeakCheck } from "../../training/distill/leakCheck.ts";
import { choosePieces, homesOf, largestShares, pieceText } from "../../training/vectorBag/choosePieces.ts";
import { createTokenizer, type Tokenizer } from "../../training/text/tokenizer.ts";
import { forbidTests, readTexts, type SetTexts } from "./loadSources.ts";
import type { VectorList } from "./vectorFolder.ts";
import type { VectorTeacher } from "./vectorTeacher.ts";

/** Pieces of a text that the student reads. */
export const MAX_TOKENS = 128;

export interface VectorPlan {
  readonly manifests: readonly SetTexts["manifest"][];
  readonly lists: readonly TextList[]; // training texts of the languages that are drawn
  readonly heldOut: readonly TextList[]; // of the same languages, never trained
  readonly tokenizer: Tokenizer; // of the student
  readonly tokenizerJson: string;
  readonly pieceIds: Int32Array; // (V) of the teacher's tokenizer
  readonly special: ReadonlySet<number>; // ids of the student's that stand in no text
  /** A text in the student's pieces. */
  readonly tokensOf: (text: string) => Int32Array;
  readonly tokens: readonly (readonly Int32Array[])[]; // of `lists`
  readonly shares: Float64Array; // (V) largest share of each piece in the training texts of any language
  readonly homes: Int32Array; // (V) a number for the language in which the piece has that share; -1: none
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
  const all = recipe.languages.flatMap(({ languages }) => languages);
  const drawn = recipe.languages.flatMap(({ languages, draw }) => (draw > 0 ? languages : []));
  const { texts, manifests } = await readSets(recipe, all, home, say);
  const counted = listTexts(recipe, texts, all, "train");
  const lists = listTexts(recipe, texts, drawn, "train");
  if (lists.length === 0) throw new DataError(`${recipe.name}: its sources have no training texts`);
  const pieceWeights = new Map(
    recipe.languages.flatMap(({ languages, pieces }) => languages.map((lang) => [lang, pieces])),
  );
  const counts = countPieces(counted, teacher.tokenizer.vocabSize, teacher.tokenizer.encode);
  const weighted = [...counts].map(([lang, own]) => ({ counts: own, weight: pieceWeights.get(lang)! }));
  const where = `${teacher.label}/tokenizer.json`;
  const { json, pieceIds } = choosePieces(teacher.tokenizerJson, weighted, recipe.pieces, where);
  const tokenizer = createTokenizer(json);
  const special = specialIds(json);
  const tokensOf = (text: string) =>
    tokenizer
      .encode(text)
      .filter((id) => !special.has(id))
      .slice(0, MAX_TOKENS);
  const tokens = lists.map((list) => list.texts.map(({ text }) => tokensOf(text)));
  // As the teacher cuts the texts of languages that are not drawn, and as the student cuts those that are.
  const full = largestShares([...counts.values()].map((counts) => ({ counts, weight: 1 })));
  const own = [...countTokens(lists, tokens, tokenizer.vocabSize).values()];
  const cut = largestShares(own.map((counts) => ({ counts, weight: 1 })));
  // A special token is no text: libraries differ on one that spells it.
  const pieces = Array.from(pieceIds, (_, id) => (special.has(id) ? "" : pieceText(tokenizer.piece(id))));
  const { prefixes } = teacher;
  return {
    manifests,
    lists,
    heldOut: listTexts(recipe, texts, drawn, "test"),
    tokenizer,
    tokenizerJson: json,
    pieceIds,
    special,
    tokensOf,
    tokens,
    homes: homesOf(own),
    shares: cut.map((share, id) => Math.max(share, full[pieceIds[id]!]!)),
    toEncode: [
      { name: "pieces", prefix: prefixes.query, texts: pieces },
      ...lists.map(({ set, kind, lang, texts: own }) => ({
        name: `${set} ${lang}`,
        prefix: prefixes[kind],
        texts: own.map(({ text }) => text),
      })),
    ],
  };
}

async function readSets(
  recipe: VectorRecipe,
  languages: readonly string[],
  home: string,
  say: (line: string) => void,
) {
  const leaks = createLeakCheck();
  for (const id of await forbidTests(leaks, home))
    say(`${id} is not on this machine: no text is checked against it`);
  const sets: SetTexts[] = [];
  for (const { id } of recipe.sources) {
    const texts = await readTexts({ id, dropTestPhrases: true }, ["passages"], leaks, home, languages);
    if (texts.rows.length === 0) throw new DataError(`${id} has no texts in the recipe's languages`);
    if (texts.leaked.length > 0)
      say(`${id}: ${texts.leaked.length} texts that a test set has too are left out`);
    sets.push(texts);
  }
  return {
    texts: sets.map(({ rows }) => rows.map((row) => ({ ...row, concept: row.concepts[0]! }))),
    manifests: sets.map(({ manifest }) => manifest),
  };
}

/** (pieces) occurrences per language. */
function countTokens(
  lists: readonly TextList[],
  tokens: Iterable<readonly Int32Array[]>,
  pieces: number,
): Map<string, Float64Array> {
  const counts = new Map<string, Float64Array>();
  let l = 0;
  for (const own of tokens) {
    const { lang } = lists[l++]!;
    const sums = counts.get(lang) ?? new Float64Array(pieces);
    counts.set(lang, sums);
    for (const text of own) for (const piece of text) sums[piece]!++;
  }
  return counts;
}

/** The same of texts, one list in tokens at a time. */
function countPieces(lists: readonly TextList[], pieces: number, encode: Tokenizer["encode"]) {
  function* tokens() {
    for (const { texts } of lists) yield texts.map(({ text }) => encode(text));
  }
  return countTokens(lists, tokens(), pieces);
}

/** Added tokens and the unknown piece. */
function specialIds(json: string): ReadonlySet<number> {
  const { added_tokens: added, model } = JSON.parse(json) as {
    added_tokens: { id: number }[];
    model: { unk_id: number };
  };
  return new Set([...added.map(({ id }) => id), model.unk_id]);
}
