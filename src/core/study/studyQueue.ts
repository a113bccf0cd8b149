// What of a study's runs is still to come, in which order, and what became of those that will not. Pure: nothing runs here.

/** Runs by `runKey`. One that has a record is in none of these. */
export interface StudyQueue {
  /** Still to come, the next one first; those under way among them. */
  readonly pending: readonly string[];
  /** Taken out by a person. */
  readonly dropped: readonly string[];
  /** Why they failed, in one sentence each. */
  readonly failed: Readonly<Record<string, string>>;
  /** How often each was begun and not ended. */
  readonly begun: Readonly<Record<string, number>>;
}

/** A run that took the page down with it so often is not tried again by itself. */
export const MOST_BEGINNINGS = 3;

export const newQueue = (keys: readonly string[]): StudyQueue => ({
  pending: keys,
  dropped: [],
  failed: {},
  begun: {},
});

/**
 * The first that no trainer has yet and that waits for no other; undefined where there is none.
 * @param sourcesOf the runs that a run is made from
 */
export const nextRun = (
  { pending }: StudyQueue,
  going: ReadonlySet<string>,
  sourcesOf: (key: string) => readonly string[] = () => [],
): string | undefined =>
  pending.find((key) => !going.has(key) && !sourcesOf(key).some((source) => pending.includes(source)));

export const beginRun = (queue: StudyQueue, key: string): StudyQueue => ({
  ...queue,
  begun: { ...queue.begun, [key]: (queue.begun[key] ?? 0) + 1 },
});

/** It was ended by a person, and keeps its place: that says nothing of the run. */
export function leaveRun(queue: StudyQueue, key: string): StudyQueue {
  const { [key]: _, ...begun } = queue.begun;
  return { ...queue, begun };
}

/** Out of the queue, with whatever was said of it. */
export function endRun({ pending, dropped, failed, begun }: StudyQueue, key: string): StudyQueue {
  const { [key]: _why, ...othersFailed } = failed;
  const { [key]: _times, ...othersBegun } = begun;
  return {
    pending: pending.filter((one) => one !== key),
    dropped: dropped.filter((one) => one !== key),
    failed: othersFailed,
    begun: othersBegun,
  };
}

export function failRun(queue: StudyQueue, key: string, why: string): StudyQueue {
  const rest = endRun(queue, key);
  return { ...rest, failed: { ...rest.failed, [key]: why } };
}

export function dropRun(queue: StudyQueue, key: string): StudyQueue {
  if (!queue.pending.includes(key)) return queue;
  const rest = endRun(queue, key);
  return { ...rest, dropped: [...rest.dropped, key] };
}

/** Back to the end of the line: one that was dropped, one that failed, one that is new. */
export function queueRun(queue: StudyQueue, key: string): StudyQueue {
  const rest = endRun(queue, key);
  return { ...rest, pending: [...rest.pending, key] };
}

/** To another place among those that wait; those under way keep theirs. @param by -1: one earlier, 1: one later; "first" */
export function moveRun(
  queue: StudyQueue,
  key: string,
  by: "first" | -1 | 1,
  going: ReadonlySet<string>,
): StudyQueue {
  const waiting = queue.pending.filter((one) => !going.has(one));
  const at = waiting.indexOf(key);
  if (at < 0) return queue;
  const others = waiting.filter((one) => one !== key);
  others.splice(by === "first" ? 0 : Math.max(0, at + by), 0, key);
  return { ...queue, pending: [...queue.pending.filter((one) => going.has(one)), ...others] };
}

/**
 * What was kept of a queue, made to fit its study: each run without a record stands in one place, and none of another study.
 * @param value of storage: whatever is not as expected is left out
 * @param keys of all runs of the study, in its order
 */
export function fittingQueue(value: unknown, keys: readonly string[], done: ReadonlySet<string>): StudyQueue {
  const kept = asObject(value);
  const open = new Set(keys.filter((key) => !done.has(key)));
  const take = (list: unknown): string[] =>
    (Array.isArray(list) ? list : []).filter(
      (key): key is string => typeof key === "string" && open.delete(key),
    );
  const dropped = take(kept["dropped"]);
  const failed = Object.entries(asObject(kept["failed"])).flatMap(([key, why]) =>
    typeof why === "string" && open.delete(key) ? [[key, why] as const] : [],
  );
  const pending = take(kept["pending"]);
  const begun = Object.entries(asObject(kept["begun"])).filter(
    (entry): entry is [string, number] => pending.includes(entry[0]) && Number.isInteger(entry[1]),
  );
  return {
    pending: [...pending, ...keys.filter((key) => open.has(key))],
    dropped,
    failed: Object.fromEntries(failed),
    begun: Object.fromEntries(begun),
  };
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
