// How a stored value of an older version becomes one of today: the one shape for links, records, runs and preferences.

/** `steps[n]` takes a value of version n one version on; versions between which nothing changes need no step. */
export type Steps<T> = Readonly<Partial<Record<number, (value: T) => T>>>;

/**
 * Walks over the steps there are and not over versions, so that a senseless `from` costs nothing.
 * @param from the value's version; steps of versions below it are passed over
 */
export function migrate<T>(value: T, from: number, steps: Steps<T>): T {
  return Object.keys(steps)
    .map(Number)
    .filter((version) => version >= from)
    .sort((a, b) => a - b)
    .reduce((now, version) => steps[version]!(now), value);
}
