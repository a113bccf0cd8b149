// Whether lists of runs before and now are the same but for numbers: then drawing them may wait.
import { detailOf, type Run } from "../../state/run/run.ts";

const KEYS = ["id", "status", "name", "starred", "note", "tags", "snapshotStep"] as const;

/** False, too, where the first numbers of a metric came. */
export function onlyNumbersDiffer(before: readonly Run[], now: readonly Run[]): boolean {
  return (
    now.length === before.length &&
    now.every((run, i) => {
      const old = before[i]!;
      return (
        run === old ||
        (KEYS.every((key) => run[key] === old[key]) &&
          run.detail.state === old.detail.state &&
          detailOf(run).points.size === detailOf(old).points.size)
      );
    })
  );
}
