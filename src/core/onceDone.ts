// Work that is wanted by several and done once. Knows no work.

/** Does it when it is first asked for, and gives all the same; after a failure, it is tried again for whoever asks next. */
export function onceDone<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () =>
    (done ??= work().catch((error: unknown) => {
      done = undefined;
      throw error;
    }));
}
