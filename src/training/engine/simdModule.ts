// Makes routines of the compiled .as files over a given memory, and tells which build is for this machine. Knows neither
// tfjs nor what they compute.
import { SHARED_PRODUCT_BYTES, SIMD_BYTES } from "./simdBytes.ts";

/** `fused`: a b + c is rounded once, by relaxed SIMD (ADR 17). `plain`: the product is rounded, then the sum. */
export type SimdBuild = keyof typeof SIMD_BYTES;

/** Addresses are bytes into the memory. */
export type Routine = (...numbers: number[]) => number;

type Routines = Readonly<Record<string, Routine>>;

/**
 * All routines, for memory that is not shared.
 * @throws WebAssembly.CompileError where the engine lacks what the build needs: 128-bit SIMD, relaxed SIMD
 */
export const allRoutines = (build: SimdBuild, memory: WebAssembly.Memory) =>
  routinesOf(SIMD_BYTES[build], memory);

/** Those of the product, for memory that threads share. @throws as `allRoutines` */
export const productRoutines = (build: SimdBuild, memory: WebAssembly.Memory) =>
  routinesOf(SHARED_PRODUCT_BYTES[build], memory);

/**
 * The fastest build whose numbers are the same on every machine that has it: "fused" where the engine has relaxed SIMD
 * and the processor indeed rounds once. It is tried on (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24, which lies halfway between two
 * floats: rounded first, it loses the 2^-24.
 */
export function bestBuild(): SimdBuild {
  const x = 1 + 2 ** -12;
  try {
    const { roundedOnce } = allRoutines("fused", new WebAssembly.Memory({ initial: 1 }));
    return roundedOnce!(x, x, -(1 + 2 ** -11)) === 2 ** -24 ? "fused" : "plain";
  } catch {
    return "plain";
  }
}

/** Synchronous: a few kilobytes, and no op of tfjs could wait for it. */
function routinesOf(base64: string, memory: WebAssembly.Memory): Routines {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return exports as Routines;
}
