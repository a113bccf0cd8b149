// Chooses the queries and the pool of an evaluation from a corpus. Never scores or ranks them.
import type { Corpus, TextColumns } from "../data/corpus.ts";
import { SPLITS, type Side } from "../data/records.ts";
import type { Random } from "../random.ts";
import { descendingPositions } from "./codePointOrder.ts";
import { takesRow, type EvalSplit } from "./evalSplit.ts";
import type { EvalSet } from "./evaluation.ts";

export interface EvalSetOptions {
  readonly languages: readonly string[]; // at least one, each once, all in the corpus
  readonly split: EvalSplit;
  readonly maxQueries: number; // 0 = all
  readonly random: Random; // drawn from only where maxQueries leaves queries out
}

/** Ids of the chosen rows. */
export interface EvalIds {
  readonly passageIds: readonly string[]; // (N) they decide ties
  readonly queryIds?: readonly string[]; // (Q) asked for where the corpus leaves a query's own document out
}

/** Which rows of a corpus an evaluation is made of. */
export interface EvalRows {
  readonly queryRows: Int32Array; // (Q) rows of corpus.queries
  readonly passageRows: Int32Array; // (N) rows of corpus.passages
}

/**
 * Queries and pool, each laid out language by language in the order of `languages`, corpus order within.
 *
 * @throws RangeError if a language is unknown or doubled, or maxQueries is no count
 */
export function chooseEvalRows(corpus: Corpus, options: EvalSetOptions): EvalRows {
  const { languages, split, maxQueries, random } = options;
  const langOf = languageIndex(corpus, languages);
  if (!Number.isInteger(maxQueries) || maxQueries < 0) {
    throw new RangeError(`evaluation: maxQueries must be an integer >= 0 (0 = all), got ${maxQueries}`);
  }
  const rowsOf = (side: Side) => {
    const { splits, inDev } = corpus[side];
    const isTaken = (row: number) => takesRow(split, side, SPLITS[splits[row]!]!, inDev?.[row] === 1);
    return rowsByLanguage(corpus[side], langOf, languages.length, isTaken);
  };
  const passages = rowsOf("passages");
  const allQueries = rowsOf("queries");
  const tooMany = maxQueries > 0 && allQueries.reduce((n, rows) => n + rows.length, 0) > maxQueries;
  const queries = tooMany ? sampleParallel(corpus, allQueries, passages, maxQueries, random) : allQueries;
  return { queryRows: Int32Array.from(queries.flat()), passageRows: Int32Array.from(passages.flat()) };
}

/**
 * What is relevant to what among the chosen rows, and how much: a passage to a query if it carries the query's concept,
 * in any of the languages, with that concept's grade.
 *
 * @throws RangeError if a language is unknown or doubled
 */
export function buildEvalSet(
  corpus: Corpus,
  languages: readonly string[],
  { queryRows, passageRows }: EvalRows,
  { passageIds, queryIds }: EvalIds,
): EvalSet {
  const langOf = languageIndex(corpus, languages);
  const { grades: given, conceptOffsets, concepts } = corpus.passages;
  const answers = new Map<number, { passages: number[]; grades: number[] }>(); // of the concepts that are asked for
  const answersTo = (row: number) => answers.get(conceptsOf(corpus.queries, row)[0]!)!;
  for (const row of queryRows) {
    answers.set(conceptsOf(corpus.queries, row)[0]!, { passages: [], grades: [] });
  }
  passageRows.forEach((row, i) => {
    for (let c = conceptOffsets[row]!; c < conceptOffsets[row + 1]!; c++) {
      const list = answers.get(concepts[c]!);
      list?.passages.push(i);
      list?.grades.push(given?.[c] ?? 1);
    }
  });
  const queryLangs = Uint16Array.from(queryRows, (row) => langOf[corpus.queries.langs[row]!]!);
  const passageLangs = Uint16Array.from(passageRows, (row) => langOf[corpus.passages.langs[row]!]!);
  const own =
    corpus.leavesOutOwn && queryIds
      ? ownDocuments({ queryIds, passageIds, queryLangs, passageLangs })
      : undefined;
  /** The answers, and behind them the own documents, which are none. */
  const listOf = (row: number, q: number) => {
    const { passages, grades } = answersTo(row);
    const left = own?.[q] ?? [];
    if (left.length === 0) return { passages, grades, left };
    const kept = [...passages.keys()].filter((i) => !left.includes(passages[i]!));
    return {
      passages: [...kept.map((i) => passages[i]!), ...left],
      grades: [...kept.map((i) => grades[i]!), ...left.map(() => 1)],
      left,
    };
  };
  const relevantOffsets = new Int32Array(queryRows.length + 1);
  queryRows.forEach((row, q) => {
    relevantOffsets[q + 1] = relevantOffsets[q]! + listOf(row, q).passages.length;
  });
  const relevant = new Int32Array(relevantOffsets.at(-1)!);
  const grades = new Uint8Array(relevant.length);
  const leftOut = new Uint8Array(relevant.length);
  queryRows.forEach((row, q) => {
    const list = listOf(row, q);
    relevant.set(list.passages, relevantOffsets[q]);
    grades.set(list.grades, relevantOffsets[q]);
    leftOut.fill(1, relevantOffsets[q + 1]! - list.left.length, relevantOffsets[q + 1]);
  });
  const { clusters } = corpus.queries;
  return {
    languages: [...languages],
    queryLangs,
    passageLangs,
    relevantOffsets,
    relevant,
    ...(given && { grades }),
    ...(own && { leftOut }),
    ...(clusters && { queryClusters: Int32Array.from(queryRows, (row) => clusters[row]!) }),
    tieOrder: descendingPositions(passageIds),
  };
}

/**
 * Per query the passages of its id, in its own language, or in any where its language has no passages: ids begin with the
 * language of their row ("ar:a1" is the query whose document is "de:a1").
 */
function ownDocuments({
  queryIds,
  passageIds,
  queryLangs,
  passageLangs,
}: Required<EvalIds> & Pick<EvalSet, "queryLangs" | "passageLangs">): readonly (readonly number[])[] {
  const bare = (id: string) => id.slice(id.indexOf(":") + 1);
  const byId = new Map<string, number[]>();
  for (const id of queryIds) byId.set(bare(id), []);
  passageIds.forEach((id, i) => byId.get(bare(id))?.push(i));
  const answered = new Set(passageLangs);
  return queryIds.map((id, q) => {
    const lang = queryLangs[q]!;
    return byId.get(bare(id))!.filter((i) => passageLangs[i] === lang || !answered.has(lang));
  });
}

/** (languages of the corpus) position in the asked list, -1 where not asked for. */
function languageIndex(corpus: Corpus, languages: readonly string[]): Int32Array {
  if (languages.length === 0) throw new RangeError("evaluation: languages must name at least one language");
  const langOf = new Int32Array(corpus.languages.length).fill(-1);
  languages.forEach((name, i) => {
    const at = corpus.languages.indexOf(name);
    if (at < 0) {
      const known = corpus.languages.join(", ");
      throw new RangeError(
        `evaluation: language "${name}" is not in ${corpus.datasetId}, which has ${known}`,
      );
    }
    if (langOf[at] !== -1) throw new RangeError(`evaluation: language "${name}" is listed twice`);
    langOf[at] = i;
  });
  return langOf;
}

function conceptsOf(side: TextColumns, row: number): Int32Array {
  return side.concepts.subarray(side.conceptOffsets[row], side.conceptOffsets[row + 1]);
}

/** Per asked language, the rows that are taken, ascending. */
function rowsByLanguage(
  side: TextColumns,
  langOf: Int32Array,
  nLangs: number,
  isTaken: (row: number) => boolean,
): number[][] {
  const rows = Array.from({ length: nLangs }, (): number[] => []);
  side.langs.forEach((lang, row) => {
    if (langOf[lang] !== -1 && isTaken(row)) rows[langOf[lang]!]!.push(row);
  });
  return rows;
}

/**
 * A seeded subset, language-balanced and parallel: every language gets the same number of queries, or all it has
 * when that is fewer (the rest goes to the others), and takes them from the concepts in one common order. That
 * order is shuffled, then sorted by coverage: concepts asked and answered in most languages come first.
 */
function sampleParallel(
  corpus: Corpus,
  queries: readonly number[][],
  passages: readonly number[][],
  maxQueries: number,
  random: Random,
): number[][] {
  const coverage = new Map<number, number>(); // concept -> languages with a query, plus languages with a passage
  const count = (concepts: Set<number>) =>
    concepts.forEach((concept) => coverage.set(concept, (coverage.get(concept) ?? 0) + 1));
  const asked = queries.map((rows) => rows.map((row) => conceptsOf(corpus.queries, row)[0]!));
  for (const concepts of asked) count(new Set(concepts));
  for (const rows of passages) count(new Set(rows.flatMap((row) => [...conceptsOf(corpus.passages, row)])));

  const concepts = random.shuffle([...new Set(asked.flat())].sort((a, b) => a - b));
  concepts.sort((a, b) => coverage.get(b)! - coverage.get(a)!); // stable: ties stay shuffled
  const place = new Map(concepts.map((concept, i) => [concept, i]));
  const quotas = fairShares(
    queries.map((rows) => rows.length),
    maxQueries,
    random,
  );
  return queries.map((rows, lang) => {
    const shuffled = random.shuffle(rows.map((row, i) => ({ row, concept: asked[lang]![i]! })));
    const turns = new Map<number, number>(); // a concept's second query waits until all have given their first
    const keyed = shuffled.map(({ row, concept }) => {
      const turn = turns.get(concept) ?? 0;
      turns.set(concept, turn + 1);
      return { row, turn, place: place.get(concept)! };
    });
    keyed.sort((a, b) => a.turn - b.turn || a.place - b.place);
    return keyed
      .slice(0, quotas[lang])
      .map(({ row }) => row)
      .sort((a, b) => a - b);
  });
}

/** Splits `total` evenly, nobody above what they have; what does not divide goes one each to a random few. */
function fairShares(available: readonly number[], total: number, random: Random): number[] {
  const shares = available.map(() => 0);
  let left = total;
  for (;;) {
    const open = available.flatMap((n, i) => (n > shares[i]! ? [i] : []));
    if (left === 0 || open.length === 0) return shares;
    const each = Math.floor(left / open.length);
    if (each === 0) {
      for (const i of random.shuffle(open).slice(0, left)) shares[i]!++;
      return shares;
    }
    for (const i of open) {
      const more = Math.min(each, available[i]! - shares[i]!);
      shares[i]! += more;
      left -= more;
    }
  }
}
