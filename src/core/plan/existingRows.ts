// How a row is drawn among what exists: the question's language by its share, its answers' languages among those that hold its
// concept. Where there is a row, it is found.
import { asksInOne, type BatchKind } from "../spec/batchKind.ts";
import { createAnswerLaw, type AnswerLaw } from "./answerLaw.ts";
import { rowOf, type RowLaw } from "./rowDraw.ts";
import { useOf, usesOf } from "./rowUse.ts";

/**
 * x is drawn by its share among the languages that still have a question of this kind about an unused concept; then one of its
 * questions from the deck; then the answers' languages among the holders of its concept. On complete data with even
 * shares these are the rows of `blindRows`, bit for bit.
 *
 * @param scope a name of the table: decks sort their questions anew for another one
 */
export function createExistingRows(scope: string): RowLaw {
  const laws = new WeakMap<readonly number[], AnswerLaw>(); // by `among`, which many batches share
  return (draw) => {
    const { table, decks, random, used, among, allowed } = draw;
    const positives = Math.min(draw.positives, allowed.length);
    const holdersOf = (query: number) =>
      table.holdersOf(table.conceptOf[query]!).filter((lang) => among[lang]! > 0);
    const law = laws.get(among) ?? createAnswerLaw(among, positives);
    laws.set(among, law);
    for (const x of allowed) {
      decks[x]!.sort(`${scope} ${allowed.join()}`, (query) => usesOf(x, holdersOf(query), positives));
    }
    const left = new Map<BatchKind, number[]>(); // shares of the languages that may still ask
    return (kind) => {
      const own = left.get(kind) ?? (asksInOne(kind) ? onlyOf(draw.monoLanguage, among) : [...among]);
      left.set(kind, own);
      while (own.some((share) => share > 0)) {
        const x = asksInOne(kind) ? draw.monoLanguage : random.weighted(own);
        const query = decks[x]!.draw((row) => !used.has(table.conceptOf[row]!), useOf(kind));
        if (query !== undefined) {
          return rowOf(draw, kind, query, law.draw(kind, x, holdersOf(query), random));
        }
        own[x] = 0;
      }
      return undefined;
    };
  };
}

const onlyOf = (lang: number, shares: readonly number[]) => shares.map((_, i) => (i === lang ? 1 : 0));
