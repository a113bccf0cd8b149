// The means over MTEB's pairs of languages, for a measure that was asked for by pair: what published numbers stand beside.
import { PAIR_WORDS, pairMeans, type PairMeans as Means } from "../../core/metrics/languagePairs.ts";
import type { PairTable } from "../../core/metrics/evaluation.ts";
import { scoreText } from "../words/numberText.ts";

const KINDS = Object.keys(PAIR_WORDS) as (keyof Means)[];

export function PairMeans({ table, label }: { readonly table: PairTable; readonly label: string }) {
  const means = pairMeans(table);
  return (
    <table className="pairMeans">
      <caption className="field-note">{label}, means over pairs of languages</caption>
      <tbody>
        {KINDS.map((kind) => (
          <tr key={kind}>
            <th scope="row">{PAIR_WORDS[kind]}</th>
            <td>{means[kind] === null ? "–" : scoreText(means[kind])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
