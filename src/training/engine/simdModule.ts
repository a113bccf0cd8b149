// Makes routines of the compiled .as files over a given memory. Knows neither tfjs nor what they compute.

/** Addresses are bytes into the memory. */
export type Routine = (...numbers: number[]) => number;

/**
 * Synchronous: a few kilobytes, and no op of tfjs could wait for it.
 * @throws WebAssembly.CompileError where the engine has no 128-bit SIMD
 */
export function routinesOf(base64: string, memory: WebAssembly.Memory): Readonly<Record<string, Routine>> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return exports as Readonly<Record<string, Routine>>;
}
