// Which data is on its way into this browser, and which runs wait for it. Brings in nothing.
import { evalTarget } from "../core/spec/resolve.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import type { DatasetState } from "./datasetStore.ts";

/** Whether the set is being fetched; files that are being read may become any set that is not here yet. */
export const isComing =
  (id: string) =>
  ({ importing, datasets }: Pick<DatasetState, "importing" | "datasets">): boolean =>
    importing !== undefined &&
    (importing.about === undefined ? !datasets.some((one) => one.id === id) : importing.about === id);

/** Whether the run trains or is tested on such a set. */
export const isAwaited =
  (spec: ExperimentSpec) =>
  (state: Pick<DatasetState, "importing" | "datasets">): boolean =>
    [spec.data.train, evalTarget(spec).datasetId].some((id) => isComing(id)(state));
