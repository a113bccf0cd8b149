// What there is to say of the batches before they are trained: that they cannot be filled, or whose share falls short.
import { useEffect } from "react";
import { useStore } from "zustand";
import { datasetStore } from "../../state/datasetStore.ts";
import { draftStore } from "../../state/draftStore.ts";
import { planStore } from "../../state/planStore.ts";
import { Notice } from "../controls/Notice.tsx";

/** A person may still be typing. */
const DELAY_MS = 400;

export function PlanNotices() {
  const spec = useStore(draftStore, (state) => state.spec);
  const parent = useStore(draftStore, (state) => state.parent);
  const { train } = spec.data;
  const dataset = useStore(datasetStore, ({ datasets }) => datasets.find(({ id }) => id === train));
  const { data, languages, batch, steps, seed } = spec;
  useEffect(() => {
    if (!dataset) return undefined;
    const timer = setTimeout(() => void planStore.getState().check(draftStore.getState()), DELAY_MS);
    return () => clearTimeout(timer);
  }, [dataset, data, languages, batch, steps, seed, parent]);
  const { notices, refusal, status } = useStore(planStore);
  if (!dataset || status === "failed") return null;
  return (
    <>
      {refusal !== undefined && (
        <Notice tone="warn" title="These batches cannot be filled">
          <p>{refusal}</p>
        </Notice>
      )}
      {notices.length > 0 && (
        <Notice tone="info" title="Not every language gets its share">
          {notices.map((notice) => (
            <p key={notice}>{notice}</p>
          ))}
        </Notice>
      )}
    </>
  );
}
