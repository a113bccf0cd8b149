// An invented record of one run in many languages, for tests of what a hundred of them look like. Not the result of any run.
import type { RunRecord } from "../core/record/runRecord.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import { fittingRecord } from "./fittingRecord.ts";
import { testRecord } from "./testRecord.ts";

const ASKED = 2; // questions of each language

/** @param languages of which the last tenth is held out; each gains in every measure, no two of them the same */
export function recordOf(languages: readonly string[]): RunRecord {
  const asked = languages.length * ASKED;
  const values = (gain: number): QueryValues => {
    const rising = (from: number) =>
      Float32Array.from(
        { length: asked },
        (_, q) => from + gain + Math.floor(q / ASKED) / (4 * languages.length),
      );
    return {
      languages: [...languages],
      queryLangs: Uint16Array.from({ length: asked }, (_, q) => Math.floor(q / ASKED)),
      clusters: Int32Array.from({ length: asked }, (_, q) => q % ASKED),
      crossPools: Int32Array.from(languages, () => languages.length - 1),
      values: { "map/mono": rising(0.4), "map/cross": rising(0.2), "map/multi": rising(0.1) },
    };
  };
  const trained = languages.slice(0, -Math.ceil(languages.length / 10));
  const spec = {
    ...testRecord.spec,
    languages: {
      ...testRecord.spec.languages,
      train: Object.fromEntries(trained.map((lang) => [lang, 1])),
      heldOut: languages.slice(trained.length),
      eval: [...languages],
    },
  };
  return fittingRecord(values(0.1), values(0), { spec });
}
