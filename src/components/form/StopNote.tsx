// Says of the form of an opened link that its run was stopped before its end, and will be here. Nothing for other forms.
import { useStore } from "zustand";
import { draftStore } from "../../state/draftStore.ts";
import { Notice } from "../controls/Notice.tsx";
import { countText } from "../words/numberText.ts";

export function StopNote() {
  const stopAt = useStore(draftStore, (state) => state.stopAt);
  const steps = useStore(draftStore, ({ spec }) => countText(spec.steps));
  if (stopAt === undefined) return null;
  return (
    <Notice tone="info">
      <p>
        The run of this link was stopped at step {countText(stopAt)} of {steps}: training stops there, too.
      </p>
      <button type="button" className="linkButton" onClick={() => draftStore.getState().trainToEnd()}>
        Train all {steps} steps
      </button>
    </Notice>
  );
}
