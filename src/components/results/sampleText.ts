// What n stands behind a chart: queries, pool, seeds. A number without its n is a bug.
import { counted } from "../../core/counted.ts";
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { evalSize } from "../../core/series/evalSize.ts";
import { evalTarget, partName } from "../../core/spec/resolve.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { countText } from "../words/numberText.ts";
import { seedsText } from "../words/seedsText.ts";
import { capitalised } from "../../core/capitalised.ts";

interface Sample {
  readonly queries: number;
  readonly pool?: number;
  readonly skipped: number;
  readonly isAbout?: true; // before the rows of the dev part are known
}

/** The size of the full evaluation: as recorded, or from the manifest while the run has no record yet. */
export function fullSample(run: Run, datasets: readonly DatasetInfo[]): Sample | undefined {
  const { record } = detailOf(run);
  if (record) {
    const { queries, pool, skippedQueries } = record.final;
    return { queries, pool, skipped: skippedQueries };
  }
  const dataset = datasets.find(({ id }) => id === evalTarget(run.spec).datasetId);
  if (dataset) {
    return { ...evalSize(dataset.manifest, run.spec), skipped: 0 };
  }
  const asked = run.live?.phases.evaluate?.total;
  return asked ? { queries: asked, skipped: 0 } : undefined;
}

/**
 * "n = 1,234 queries, pool 4,000, seed 7 only: no interval." and what is asked during the run.
 * @param interval where there is one
 */
export function evaluationSample(
  run: Run | undefined,
  datasets: readonly DatasetInfo[],
  interval = "no interval",
): string {
  if (!run) return "";
  const part = capitalised(partName(run.spec));
  const sample = fullSample(run, datasets);
  if (!sample) return `${part}, ${seedsText([run.spec.seed])}: ${interval}.`;
  const pool = sample.pool === undefined ? "" : `, pool ${countText(sample.pool)}`;
  const skipped = sample.skipped > 0 ? `, ${countText(sample.skipped)} without an answer left out` : "";
  return `${part}: n ${sign(sample)} ${counted(sample.queries, "query", "queries")}${skipped}${pool}, ${seedsText([run.spec.seed])}: ${interval}.${liveSample(run, sample)}${trainedOn(run)}`;
}

/** As wide as the other, so that nothing moves once n is known. */
const sign = ({ isAbout }: Sample) => (isAbout ? "≈" : "=");

function liveSample({ spec: { data } }: Run, { queries }: Sample): string {
  return data.liveQueries > 0 && data.liveQueries < queries
    ? ` During the run a subset of ${counted(data.liveQueries, "query", "queries")} is asked; the first and last points ask all.`
    : "";
}

function trainedOn({ spec }: Run): string {
  const { datasetId, split } = evalTarget(spec);
  return split === "all" && datasetId === spec.data.train ? " Includes rows that training saw." : "";
}

/** Of several runs: one line each would be too much; each run's own n is told where it differs. */
export function comparedSample(runs: readonly Run[], datasets: readonly DatasetInfo[]): string {
  const [first, ...others] = runs;
  if (!first || others.length === 0) return evaluationSample(first, datasets);
  const samples = runs.map((run) => fullSample(run, datasets));
  const part = capitalised(partName(first.spec));
  const texts = samples.map((s) =>
    s
      ? `n ${sign(s)} ${counted(s.queries, "query", "queries")}, pool ${countText(s.pool ?? 0)}`
      : "n unknown",
  );
  const same = new Set(texts).size === 1 && new Set(runs.map(({ spec }) => partName(spec))).size === 1;
  const seeds = seedsText(runs.map((run) => run.spec.seed));
  const live = runs.some((run) => run.spec.data.liveQueries > 0)
    ? " Points during a run may come from a subset; first and last ask all."
    : "";
  return same
    ? `${part}: ${texts[0]} in each of ${runs.length} runs, ${seeds}: no interval.${live}`
    : `${runs.map((run, i) => `${run.name}: ${partName(run.spec)}, ${texts[i]}, seed ${run.spec.seed}`).join("; ")}. Different tests do not compare.${live}`;
}
