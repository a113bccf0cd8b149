// What the encoders that come with the lab reach before any training, side by side, so that one can be chosen. Measures
// nothing: numbers are those of the model cards, and one without a number has no row.
import { SHIPPED } from "../../core/encoders/shippedEncoders.ts";
import { Terms } from "../words/Terms.tsx";
import { countText, scoreText, shareText } from "../words/numberText.ts";

/** @param id of the encoder that is chosen, whose row is marked */
export function StartScores({ id }: { id: string }) {
  const rows = SHIPPED.flatMap((encoder) => (encoder.scores ? [{ ...encoder, scores: encoder.scores }] : []));
  if (rows.length === 0) return null;
  return (
    <details className="dataTable startScores">
      <summary>Compare where they begin</summary>
      <p className="dataTable-note">
        <Terms>
          Before any training, on all of XQuAD-R (11 languages, 13,090 questions, 13,014 sentences): mAP in
          the question’s own language (Mo), in one other (Cr) and in the pool of all (Mul). A low rank
          distance and a low share of own-language answers in the top ten (Own) mean little bias.
        </Terms>
      </p>
      <div className="dataTable-scroll" tabIndex={0} role="region" aria-label="Where encoders begin, table">
        <table>
          <thead>
            <tr>
              <th scope="col">Start</th>
              <th scope="col">Mo</th>
              <th scope="col">Cr</th>
              <th scope="col">Mul</th>
              <th scope="col">Rank distance</th>
              <th scope="col">Own</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ info, scores }) => (
              <tr key={info.id} aria-current={info.id === id || undefined}>
                <th scope="row">{info.id}</th>
                <td>{scoreText(scores.mono)}</td>
                <td>{scoreText(scores.cross)}</td>
                <td>{scoreText(scores.multi)}</td>
                <td>{countText(scores.rankDistance)}</td>
                <td>{shareText(scores.sameLanguageShare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
