// How often a run in training is kept, so that it can go on after the page was closed. A preference, never part of a run.
import { useStore } from "zustand";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { Hint } from "../controls/Hint.tsx";

const NAME = "Snapshots while training";

const CHOICES = [
  [10, "every 10 seconds"],
  [30, "every 30 seconds"],
  [120, "every 2 minutes"],
  [600, "every 10 minutes"],
  [0, "never"],
] as const;

export function SnapshotChoice() {
  const seconds = useStore(preferencesStore, (state) => state.snapshotSeconds);
  const own = CHOICES.some(([value]) => value === seconds)
    ? []
    : [[seconds, `every ${seconds} seconds`] as const];
  return (
    <div className="snapshotChoice">
      <Hint label={NAME}>
        Taken at every pause, too: a run that is cut off goes on from the last one. They take at most 2&nbsp;%
        of the training time, and are removed when the run ends. A choice holds from the next run on.
      </Hint>
      <select
        className="select"
        aria-label={NAME}
        value={seconds}
        onChange={({ target }) => preferencesStore.getState().setSnapshotSeconds(Number(target.value))}
      >
        {[...own, ...CHOICES].map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      {seconds === 0 && <p className="field-note">A run that is cut off cannot go on.</p>}
    </div>
  );
}
