// Which queries meet which passages in one batch. Pure: a function of recipe, texts, seed and step; holds no tensors.
import type { Random } from "../../core/random.ts";
import type { TrainBatch } from "../model/trainBatch.ts";
import { noisyQuery } from "./noisyQuery.ts";
import type { Recipe } from "../../core/distill/recipe.ts";
import { joinRows, tokensOf, type Group, type TextRef, type TextStore } from "./textGroups.ts";

export interface BatchPairs {
  /** Batch of step `step`: up to `size` rows, one positive each, all other passages negatives unless equal. */
  at(step: number, size: number): TrainBatch;
  /** Whole sentences for a teacher of vectors: query = the English text, passage = it in some other language. */
  translations(step: number, size: number): TrainBatch;
}

/** A language gets batches of its own, and those whose passages are all in it, from this many texts of a set on. */
const MIN_GROUPS = 300;
/** A set with fewer groups of a language gets a smaller share of its batches. */
const FULL_GROUPS = 1000;
/** Queries of cross-lingual rows that stay whole. */
const WHOLE_QUERIES = 0.3;

/** @param piecesShare (V) share of each piece in running text; rare ones are likelier to stay in a noisy query */
export function createBatchPairs(
  store: TextStore,
  recipe: Pick<Recipe, "bitext" | "sources" | "languages" | "batches">,
  piecesShare: Float64Array,
  random: Random,
): BatchPairs {
  const { rows, sets, languages } = store;
  const { boosted, boost, englishBoost } = recipe.languages;
  const weightOf = languages.map((lang) =>
    lang === "en" ? englishBoost : boosted.includes(lang) ? boost : 1,
  );
  const byLang = sets.map(({ groups }) => groupsByLanguage(groups, languages.length));
  const asking = sets.map(({ source }) => source.use === "questions"); // no batch of one language has these
  const most = languages.map((_, lang) =>
    Math.max(0, ...byLang.map((lists, s) => (asking[s] ? 0 : lists[lang]!.length))),
  );
  const enough = Math.min(MIN_GROUPS, Math.max(1, ...most)); // small data: the largest languages
  const langWeights = weightOf.map((weight, lang) => (most[lang]! >= enough ? weight : 0));

  const english = languages.indexOf("en");
  const spoken = sets.map(({ source }, s) =>
    source.use !== "pairs" && byLang[s]![english]?.length ? source.weight : 0,
  );

  function row(
    set: number,
    group: Group,
    mono: boolean,
    fixed: number,
    draw: Random,
  ): [Int32Array, Int32Array] | null {
    const { source, groups } = sets[set]!;
    const questions = source.use === "pairs" ? group.queries : group.passages;
    if (questions.length === 0 || group.passages.length === 0) return null;
    const pick = (refs: readonly TextRef[], only: (lang: number) => boolean) => {
      const left = refs.filter(({ lang }) => only(lang));
      const from = left.length > 0 ? left : refs;
      return from[draw.weighted(from.map(({ lang }) => weightOf[lang]!))]!;
    };
    const passage = pick(group.passages, (lang) => fixed < 0 || lang === fixed);
    const alike = mono || !recipe.bitext;
    const own = alike ? questions.filter(({ lang }) => lang === passage.lang) : questions;
    if (own.length === 0) return null;
    const query = pick(own, (lang) => fixed < 0 || lang !== fixed);
    const texts: [Int32Array, Int32Array] = [tokensOf(rows, query.row), tokensOf(rows, passage.row)];
    if (source.use === "pairs" || (source.use === "questions" && query.lang !== passage.lang)) return texts;
    if (query.lang !== passage.lang && draw.next() < WHOLE_QUERIES) return texts;
    const other = groups[draw.int(groups.length)]!.passages.find(({ lang }) => lang === query.lang);
    const noise = other ? tokensOf(rows, other.row) : null;
    texts[0] = noisyQuery(texts[0], noise, recipe.batches.noise, piecesShare, draw);
    return texts;
  }

  return {
    at(step, size) {
      const draw = random.fork(step);
      const { monoShare, fixedPassages } = recipe.batches;
      const mono = draw.next() < monoShare;
      const fixed = draw.next() < fixedPassages || mono ? draw.weighted(langWeights) : -1;
      const shares = sets.map(({ source, groups }, s) => {
        if (groups.length === 0 || (mono && asking[s])) return 0;
        return source.weight * (fixed < 0 ? 1 : Math.min(1, byLang[s]![fixed]!.length / FULL_GROUPS));
      });
      const used = new Set<Group>();
      const queries: Int32Array[] = [];
      const passages: Int32Array[] = [];
      for (let tries = 0; tries < 4 * size && queries.length < size; tries++) {
        const s = draw.weighted(shares);
        const groups = sets[s]!.groups;
        const group =
          fixed < 0 ? groups[draw.int(groups.length)]! : groups[drawFrom(byLang[s]![fixed]!, draw)]!;
        if (used.has(group)) continue;
        used.add(group);
        const made = row(s, group, mono, fixed, draw);
        if (!made) continue;
        queries.push(made[0]);
        passages.push(made[1]);
      }
      return toBatch(queries, passages);
    },
    translations(step, size) {
      const draw = random.fork("translations").fork(step);
      const used = new Set<Group>();
      const queries: Int32Array[] = [];
      const passages: Int32Array[] = [];
      for (let tries = 0; tries < 4 * size && queries.length < size; tries++) {
        const s = draw.weighted(spoken);
        const groups = sets[s]!.groups;
        const group = groups[drawFrom(byLang[s]![english]!, draw)]!;
        if (used.has(group)) continue;
        used.add(group);
        const others = group.passages.filter(({ lang }) => lang !== english);
        if (others.length === 0) continue;
        const other = others[draw.weighted(others.map(({ lang }) => weightOf[lang]!))]!;
        queries.push(tokensOf(rows, group.passages.find(({ lang }) => lang === english)!.row));
        passages.push(tokensOf(rows, other.row));
      }
      return toBatch(queries, passages);
    },
  };
}

const drawFrom = (indices: Int32Array, draw: Random) => indices[draw.int(indices.length)]!;

/** For each language, the groups that have a passage in it. */
function groupsByLanguage(groups: readonly Group[], nLangs: number): Int32Array[] {
  const lists: number[][] = Array.from({ length: nLangs }, () => []);
  groups.forEach(({ passages }, i) => {
    for (const lang of new Set(passages.map((ref) => ref.lang))) lists[lang]!.push(i);
  });
  return lists.map((list) => Int32Array.from(list));
}

function toBatch(queries: readonly Int32Array[], passages: readonly Int32Array[]): TrainBatch {
  const n = queries.length;
  const firsts = new Map<string, number>();
  const kind = passages.map((tokens, i) => {
    const key = tokens.join();
    if (!firsts.has(key)) firsts.set(key, i);
    return firsts.get(key)!;
  });
  const negatives = new Uint8Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) negatives[i * n + j] = kind[i] === kind[j] ? 0 : 1;
  }
  return {
    queries: joinRows(queries),
    passages: joinRows(passages),
    k: 1,
    negatives,
    rowWeights: new Float32Array(n).fill(1),
  };
}
