// What an evaluation is asked: its set, and the tokens of its queries and of whatever part of its pool. Scores nothing.
import type { TokenRows } from "../../core/data/corpus.ts";
import type { Side } from "../../core/data/records.ts";
import { buildEvalSet, chooseEvalRows, type EvalSetOptions } from "../../core/metrics/evalSet.ts";
import type { EvalSet } from "../../core/metrics/evaluation.ts";
import type { LoadedCorpus } from "../corpus/loadedCorpus.ts";
import { trimRows, type Vocabulary } from "../corpus/vocabulary.ts";

/** An evaluation that can be repeated as training goes on: the relevance and the tokens are fixed. */
export interface EvalTask {
  readonly set: EvalSet;
  readonly queries: TokenRows;
  /** Tokens of passages, named by their index into the pool. */
  passages(pool: Int32Array): Promise<TokenRows>;
  readonly cuts?: readonly string[]; // metrics measured besides the standing ones
  readonly queryRows: Int32Array; // into the corpus
  readonly passageRows: Int32Array;
}

/** Tokens of pools up to this many passages stay in memory between evaluations; others are looked up again. */
export const HELD_PASSAGES = 2 ** 17;
/** Names looked up at a time: of a large pool only the ids are held, and only until their order is known. */
const NAMES_AT_ONCE = 2 ** 15;

export async function prepareEval(
  { corpus, names, tokens }: Pick<LoadedCorpus, "corpus" | "names" | "tokens">,
  vocabulary: Vocabulary,
  options: EvalSetOptions,
): Promise<EvalTask> {
  const chosen = chooseEvalRows(corpus, options);
  const { queryRows, passageRows } = chosen;
  const passageIds = await idsOf(names, "passages", passageRows);
  const own = corpus.leavesOutOwn && { queryIds: await idsOf(names, "queries", queryRows) };
  const read = async (rows: Int32Array) => trimRows(await tokens("passages", rows), vocabulary);
  const held = passageRows.length <= HELD_PASSAGES ? await read(passageRows) : undefined;
  return {
    ...chosen,
    set: buildEvalSet(corpus, options.languages, chosen, { passageIds, ...own }),
    queries: trimRows(await tokens("queries", queryRows), vocabulary),
    passages: (pool) =>
      held ? Promise.resolve(pickRows(held, pool)) : read(pool.map((i) => passageRows[i]!)),
  };
}

/** @param rows of the corpus */
export async function idsOf(names: LoadedCorpus["names"], side: Side, rows: Int32Array): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < rows.length; first += NAMES_AT_ONCE) {
    for (const { id } of await names(side, rows.subarray(first, first + NAMES_AT_ONCE))) ids.push(id);
  }
  return ids;
}

/** Some rows of a list, in the order asked. */
export function pickRows({ offsets, tokens }: TokenRows, rows: Int32Array): TokenRows {
  const picked = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => (picked[i + 1] = picked[i]! + offsets[row + 1]! - offsets[row]!));
  const own = new Int32Array(picked[rows.length]!);
  rows.forEach((row, i) => own.set(tokens.subarray(offsets[row], offsets[row + 1]), picked[i]));
  return { offsets: picked, tokens: own };
}
