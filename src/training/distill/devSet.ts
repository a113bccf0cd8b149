// The sets a recipe is chosen on: held-out sentences as a pool, with noisy parts of them as queries. Scores nothing.
import type { Random } from "../../core/random.ts";
import { pickRows, type EvalTask } from "../evaluate/evalTask.ts";
import { noisyQuery } from "./noisyQuery.ts";
import { joinRows, tokensOf, type GroupedSet, type TextStore } from "./textGroups.ts";

/**
 * Every group that has all of `languages`: its texts are the pool, and one noisy query is made from each.
 *
 * @param store of a split that is never trained on
 * @param set one of the store's; its groups have passages
 */
export function noisyTask(
  store: TextStore,
  set: GroupedSet,
  languages: readonly string[],
  options: { readonly noise: number; readonly shares: Float64Array; readonly random: Random },
): EvalTask {
  const { noise, shares, random } = options;
  const wanted = languages.map((lang) => store.languages.indexOf(lang));
  const complete = set.groups.filter(({ passages }) =>
    wanted.every((lang) => passages.some((ref) => ref.lang === lang)),
  );
  const texts: Int32Array[] = [];
  const queries: Int32Array[] = [];
  wanted.forEach((lang, l) => {
    const inLang = complete.map(({ passages }) =>
      tokensOf(store.rows, passages.find((ref) => ref.lang === lang)!.row),
    );
    const draw = random.fork(languages[l]!);
    for (const tokens of inLang) {
      const other = inLang[draw.int(inLang.length)]!;
      texts.push(tokens);
      queries.push(noisyQuery(tokens, other, noise, shares, draw));
    }
  });
  const n = complete.length;
  const pool = joinRows(texts);
  const langs = Uint16Array.from(texts, (_, i) => Math.floor(i / n));
  const inOrder = Int32Array.from(texts, (_, i) => i);
  return {
    set: {
      languages,
      queryLangs: langs,
      passageLangs: langs,
      relevantOffsets: Int32Array.from({ length: texts.length + 1 }, (_, i) => i * wanted.length),
      relevant: Int32Array.from(texts.flatMap((_, i) => wanted.map((_, l) => l * n + (i % n)))),
      tieOrder: inOrder,
    },
    queries: joinRows(queries),
    passages: (chosen) => Promise.resolve(pickRows(pool, chosen)),
    queryRows: inOrder,
    passageRows: inOrder,
  };
}
