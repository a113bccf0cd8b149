// How often a run in training is kept, so that it can go on after the page was closed. A preference, never part of a run.
import { useId } from "react";
import { useStore } from "zustand";
import { preferencesStore } from "../../state/preferencesStore.ts";

const CHOICES = [
  [10, "every 10 seconds"],
  [30, "every 30 seconds"],
  [120, "every 2 minutes"],
  [600, "every 10 minutes"],
  [0, "never"],
] as const;

export function SnapshotChoice() {
  const id = useId();
  const seconds = useStore(preferencesStore, (state) => state.snapshotSeconds);
  const own = CHOICES.some(([value]) => value === seconds)
    ? []
    : [[seconds, `every ${seconds} seconds`] as const];
  return (
    <div className="snapshotChoice">
      <label>
        Snapshots while training{" "}
        <select
          className="select"
          aria-describedby={id}
          value={seconds}
          onChange={({ target }) => preferencesStore.getState().setSnapshotSeconds(Number(target.value))}
        >
          {[...own, ...CHOICES].map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <p id={id} className="field-note">
        {seconds === 0
          ? "A run that is cut off cannot go on. Holds from the next run on."
          : "And at every pause: a run that is cut off goes on from the last one. They take at most 2 % of the training time, and are removed when the run ends. Holds from the next run on."}
      </p>
    </div>
  );
}
