// What runs wait for whose data is still being added, in words, and how far that is. Begins nothing.
import { useStore } from "zustand";
import { isAwaited } from "../../state/awaitedData.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { runStore } from "../../state/runStore.ts";
import { progressText } from "../addData/progressText.ts";
import type { PhaseAtWork } from "./phaseText.ts";

/** @returns undefined where no run waits for data */
export function useAwaitedData(): PhaseAtWork | undefined {
  const first = useStore(runStore, ({ waiting }) => waiting[0]);
  const { importing, datasets } = useStore(datasetStore);
  if (!importing || !first || !isAwaited(first.course.spec)({ importing, datasets })) return undefined;
  const { message, progress } = importing;
  const amount = progressText(importing);
  const share = progress && progress.total > 0 ? progress.done / progress.total : undefined;
  return {
    label: message,
    text: { share, done: false, amount, pace: "" },
    words: [message, amount, first.name].filter(Boolean),
  };
}
