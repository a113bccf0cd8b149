// A typed query against the evaluation pool, by the weights before training and by the present ones.
import { InputError } from "../../core/inputError.ts";
import type { TokenRows } from "../../core/data/corpus.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createEncoder, type Encodes } from "../model/createEncoder.ts";
import { createScorer } from "../model/scorer.ts";
import { encodeText } from "../text/encodeText.ts";
import type { RunResources } from "../run/runExperiment.ts";

export interface PoolHit {
  readonly passage: number; // row of the test corpus
  readonly score: number; // cosine
}

export interface PoolAnswer {
  readonly before: readonly PoolHit[];
  readonly now: readonly PoolHit[];
  readonly pool: number;
  readonly unknownPieces: number;
  readonly cutAt?: number; // tokens the encoder reads, where the query has more
}

/**
 * @param languages of the passages to search; empty = all of the pool
 * @throws InputError if no piece of the query is in the run's vocabulary, or the pool is too large to hold
 */
export async function searchPool(
  { prepared, model, startVectors }: RunResources,
  query: {
    readonly text: string;
    readonly languages: readonly string[];
    readonly k: number;
  },
): Promise<PoolAnswer> {
  const { tokenizer } = prepared.texts;
  const known = prepared.vocabulary.trim(tokenizer.encode(query.text));
  const { ids, cut } = encodeText(tokenizer, prepared.prefixes.query + query.text, model.config.maxTokens);
  const { tokens } = prepared.vocabulary.trim(ids);
  if (known.tokens.length === 0) {
    throw new InputError(
      `No part of “${query.text.slice(0, 40)}” occurs in the texts of this run; try other words`,
    );
  }
  const vectorsBefore = await startVectors();
  if (!vectorsBefore) {
    const n = prepared.full.set.passageLangs.length;
    throw new InputError(`The pool has ${n} passages, too many to hold their vectors; search a smaller one`);
  }
  const one: TokenRows = { offsets: Int32Array.from([0, tokens.length]), tokens };
  const { passageRows, set, passages } = prepared.full;
  const everyone = Int32Array.from(set.passageLangs.keys());
  const wanted = query.languages.map((lang) => set.languages.indexOf(lang));
  const inPool = (i: number) => wanted.length === 0 || wanted.includes(set.passageLangs[i]!);
  const hits = async (by: Encodes, vectors: Float32Array) => {
    const scorer = createScorer(vectors, vectorWidth(by.config));
    try {
      const scores = await scorer.scores(await by.encode(one));
      const order = Array.from(scores.keys()).filter(inPool);
      order.sort((a, b) => scores[b]! - scores[a]! || set.tieOrder[a]! - set.tieOrder[b]!);
      return order.slice(0, query.k).map((i) => ({ passage: passageRows[i]!, score: scores[i]! }));
    } finally {
      scorer.dispose();
    }
  };
  const start = createEncoder(await prepared.weights());
  try {
    return {
      before: await hits(start, vectorsBefore),
      now: await hits(model, await model.encode(await passages(everyone))),
      pool: Array.from(set.passageLangs.keys()).filter(inPool).length,
      unknownPieces: known.unknown,
      ...(cut && { cutAt: model.config.maxTokens }),
    };
  } finally {
    start.dispose();
  }
}
