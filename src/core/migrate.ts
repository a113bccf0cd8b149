// How a stored value of an older version becomes one of today: the one shape for links, records, runs, preferences and
// the page's database.

/** `steps[n]` takes a value of version n one version on; versions between which nothing changes need no step. */
export type Steps<T> = Readonly<Partial<Record<number, (value: T) => T>>>;

const versionsOf = (steps: object): number[] => Object.keys(steps).map(Number);

/** The version that all steps together arrive at, counted from `first`: what is written today. */
export function newestVersion<T>(steps: Steps<T>, first = 1): number {
  return Math.max(first, ...versionsOf(steps).map((version) => version + 1));
}

/**
 * Walks over the steps there are and not over versions, so that a senseless `from` costs nothing.
 * @param from the value's version; steps of versions below it are passed over
 */
export function migrate<T>(value: T, from: number, steps: Steps<T>): T {
  return versionsOf(steps)
    .filter((version) => version >= from)
    .sort((a, b) => a - b)
    .reduce((now, version) => steps[version]!(now), value);
}

export type StoredObject = Readonly<Record<string, unknown>>;

/**
 * A value of unknown origin that states its version under `key`, as it is written today. Whatever states none, or one
 * from the future, comes back untouched: its parser says what is wrong with it.
 */
export function migrateStored(value: unknown, key: string, steps: Steps<StoredObject>): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const stored = value as StoredObject;
  const from = stored[key];
  const newest = newestVersion(steps);
  if (typeof from !== "number" || !Number.isInteger(from) || from < 1 || from >= newest) return value;
  return { ...migrate(stored, from, steps), [key]: newest };
}
