// Data that is here under the name of a link's and is not the same, said before anything is trained.
import { useStore } from "zustand";
import { beforeWords, inputReasons } from "../../core/record/againReasons.ts";
import type { ExpectedMade } from "../../core/spec/linkMade.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { datasetStore } from "../../state/datasetStore.ts";

export function OtherData({ made, spec }: { readonly made: ExpectedMade; readonly spec: ExperimentSpec }) {
  const datasets = useStore(datasetStore, (state) => state.datasets);
  const dataSha256 = Object.fromEntries(datasets.map(({ id, manifest }) => [id, manifest.sha256]));
  return inputReasons(made, spec, { dataSha256 }).map((reason) => (
    <p key={reason.what} className="share-long">
      {beforeWords(reason)}
    </p>
  ));
}
