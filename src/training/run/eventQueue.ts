// Turns a function that emits into an async generator of what it emitted. No event is dropped or reordered.

/**
 * `work` starts at the first pull and runs at its own pace; events wait in order. Its error is thrown after the
 * events before it. A consumer that leaves early does not end `work`: stop it through its own controls.
 */
export async function* createEventQueue<E>(
  work: (emit: (event: E) => void) => Promise<void>,
): AsyncGenerator<E, void> {
  let events: E[] = [];
  let wake = () => {};
  let ended = false;
  let failure: { error: unknown } | undefined;
  const running = work((event) => {
    events.push(event);
    wake();
  })
    .catch((error: unknown) => void (failure = { error }))
    .finally(() => {
      ended = true;
      wake();
    });
  for (;;) {
    const ready = events;
    events = [];
    yield* ready;
    if (events.length > 0) continue;
    if (ended) break;
    await new Promise<void>((resolve) => (wake = resolve));
  }
  await running;
  if (failure) throw failure.error;
}
