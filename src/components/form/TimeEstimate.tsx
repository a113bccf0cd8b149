// About how long the run on the form will take, where that can be told: as fast as the last run with its encoder in this
// visit, or as the encoder's row in the table was measured. Measures nothing.
import { useStore } from "zustand";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import { findColumn } from "../../core/record/pointColumns.ts";
import { duration } from "../../core/run/duration.ts";
import { evalSize } from "../../core/series/evalSize.ts";
import type { Speeds } from "../../core/encoders/encoderInfo.ts";
import { expectedSeconds } from "../../core/series/expectedTime.ts";
import { evalTarget } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { draftStore } from "../../state/draftStore.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";

export function TimeEstimate() {
  const spec = useStore(draftStore, (state) => state.spec);
  const testId = evalTarget(spec).datasetId;
  const dataset = useStore(datasetStore, ({ datasets }) => datasets.find(({ id }) => id === testId));
  const runs = useStore(runStore, (state) => state.runs);
  const here = lastSpeeds(runs, spec);
  const speeds = here ?? findShipped(spec.encoder.id)?.speeds;
  if (!dataset || !speeds) return null;
  const seconds = expectedSeconds(spec, evalSize(dataset.manifest, spec), speeds);
  return (
    <p className="field-note">
      About {duration(seconds < 120 ? seconds : 60 * Math.round(seconds / 60))}{" "}
      {here
        ? "here, as fast as the last run with this encoder"
        : "on two processors; less on more, or on a GPU"}
      .
    </p>
  );
}

/** Of the newest run in this visit that reads as much of a text with the same encoder on the same device. */
function lastSpeeds(runs: readonly Run[], spec: ExperimentSpec): Speeds | undefined {
  const { id, maxTokens, frozen } = spec.encoder;
  const alike = runs.filter(({ spec: { encoder, compute } }) => {
    const same = encoder.id === id && encoder.maxTokens === maxTokens && encoder.frozen === frozen;
    return same && compute.backend === spec.compute.backend;
  });
  const found = alike.flatMap((run) => {
    const { points, record } = detailOf(run);
    const [trained, asked] = ["perf/pairs_per_s", "perf/eval_queries_per_s"].map((metric) => {
      const column = findColumn(points, metric);
      return column?.values[column.length - 1];
    });
    if (!record || !trained || !asked) return [];
    const { queries, pool } = record.final;
    return [{ at: run.createdAt, pairs: trained, texts: (asked * (queries + pool)) / queries }];
  });
  return found.sort((a, b) => b.at - a.at)[0];
}
