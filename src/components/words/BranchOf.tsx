// Says of a branch where it comes from, in a few words.
import { useStore } from "zustand";
import type { Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { countText } from "./numberText.ts";

/** "branch of “Mono” at step 100"; nothing for a run that is none. */
export function BranchOf({ run }: { readonly run: Run }) {
  const name = useStore(runStore, ({ runs }) => runs.find(({ id }) => id === run.parentId)?.name);
  if (!run.parent) return null;
  return (
    <span>
      branch of {name === undefined ? "a run that is not here" : `“${name}”`} at step{" "}
      {countText(run.parent.step)}
    </span>
  );
}
