// How much a piece counts before training, from how common it is. Pure.
import { FREQUENCY_CONSTANT } from "../model/weights.ts";

/** (V) natural log of each piece's share of text; 0 for special tokens. */
export type LogProbs = Float32Array;

/** (V) share of each piece in running text; 0 for special tokens, which no text has. */
export function pieceShares(logProbs: LogProbs): Float64Array {
  return Float64Array.from(logProbs, (log) => (log === 0 ? 0 : Math.exp(log)));
}

/** (V) smooth inverse frequency a / (a + share) (Arora et al. 2017), as all of the lab's random encoders start. */
export function inverseFrequency(logProbs: LogProbs): Float32Array {
  return Float32Array.from(
    pieceShares(logProbs),
    (share) => FREQUENCY_CONSTANT / (FREQUENCY_CONSTANT + share),
  );
}
