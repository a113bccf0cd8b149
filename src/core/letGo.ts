// Memory given back at once. A worker that computes on a device makes so little garbage of its own that its collector does not
// come for long, and large arrays that nobody reads any more wait for it.

/** Of an array that nobody else holds and that is not read again; where the engine cannot, its collector will. */
export function letGo({ buffer }: Pick<ArrayBufferView, "buffer">): void {
  (buffer as { transfer?(bytes: number): ArrayBuffer }).transfer?.(0);
}
