// How labs before age 4 drew a row: its languages first, blind to what the data holds. Never changed, so that their links and
// records are given again.
import { asksInOne, kindFacts, type BatchKind } from "../spec/batchKind.ts";
import { drawDistinct } from "./languageSet.ts";
import { rowOf, type RowDraw, type RowLaw } from "./rowDraw.ts";

/** A language may lack the concepts that are left; another draw may not. The bound only ends hopeless cases. */
const ATTEMPTS = 20;

export const blindRows: RowLaw = (draw) => (kind) => {
  const { table, decks, random, used } = draw;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const x = asksInOne(kind) ? draw.monoLanguage : random.weighted(draw.among);
    const targets = targetLanguages(draw, kind, x);
    const query = decks[x]!.draw((row) => {
      const concept = table.conceptOf[row]!;
      return !used.has(concept) && targets.every((y) => table.passagesOf(concept, y).length > 0);
    });
    if (query !== undefined) return rowOf(draw, kind, query, targets);
  }
  return undefined;
};

/** Languages of the passages of a row whose query is in language `x`. */
function targetLanguages({ among, positives, random }: RowDraw, kind: BatchKind, x: number): number[] {
  switch (kindFacts(kind).answers) {
    case "own":
      return [x];
    case "another":
      return [random.weighted(among.map((q, lang) => (lang === x ? 0 : q)))];
    case "several":
      return drawDistinct(among, positives, random);
  }
}
