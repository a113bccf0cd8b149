// Says of the form of an opened link that its mix was driven by hand, and will be here. Nothing for other forms.
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { draftStore } from "../../state/draftStore.ts";
import { Notice } from "../controls/Notice.tsx";

export function DriveNote() {
  const moves = useStore(draftStore, (state) => state.trajectory?.length);
  if (moves === undefined) return null;
  return (
    <Notice tone="info">
      <p>The mix of this link’s run was moved by hand, {counted(moves, "time")}: training repeats that.</p>
      <button type="button" className="linkButton" onClick={() => draftStore.getState().leaveDrive()}>
        Train without
      </button>
    </Notice>
  );
}
