// A short code of what a run trains: small enough to be read off a picture, and typed. Finds nothing itself.
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../data/canonicalJson.ts";
import type { Course } from "../spec/course.ts";
import type { Trajectory } from "../spec/decision.ts";
import { digestedSpec, digestedTrajectory } from "../spec/fieldAge.ts";
import type { Parent } from "../spec/lineage.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

/** Crockford's base 32: no I, L, O and U, so that none is taken for 1, 0 or V. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LETTERS = 10; // 50 bits: two of a thousand recipes share a code with a chance of 4 in 10^10
const HALF = LETTERS / 2;

/** Settings without seed and device: seeds of one experiment have one recipe. */
function recipeOf(spec: ExperimentSpec, trajectory?: Trajectory): object {
  const { seed: _, compute: __, ...rest } = digestedSpec(spec, trajectory) as Record<string, unknown>;
  return rest;
}

const parentOf = ({ spec, step, parent }: Parent): object => ({
  recipe: recipeOf(spec),
  step,
  ...(parent && { parent: parentOf(parent) }),
});

const known = new WeakMap<ExperimentSpec, string>();

/** "7QK2M-9XP3D". Equal for runs between which only seed, device and chance stand; the same in every later lab. */
export function recipeCode({ spec, parent, stopAt, trajectory }: Course): string {
  const isPlain = !parent && stopAt === undefined && !trajectory;
  const before = isPlain ? known.get(spec) : undefined;
  if (before !== undefined) return before;
  const text = canonicalJson({
    recipe: recipeOf(spec, trajectory),
    ...(parent && { parent: parentOf(parent) }),
    ...(stopAt !== undefined && { stopAt }),
    ...(trajectory && trajectory.length > 0 && { trajectory: digestedTrajectory(spec, trajectory) }),
  });
  const hash = sha256(utf8ToBytes(text));
  const code = Array.from({ length: LETTERS }, (_, i) => {
    const bit = 5 * i;
    const pair = (hash[bit >> 3]! << 8) | hash[(bit >> 3) + 1]!;
    return ALPHABET[(pair >> (11 - (bit & 7))) & 31];
  }).join("");
  const shown = `${code.slice(0, HALF)}-${code.slice(HALF)}`;
  if (isPlain) known.set(spec, shown);
  return shown;
}

/**
 * A code as a person typed or pasted it, as `recipeCode` writes it: any case and width, any dash or mark, O for 0, I and L for 1;
 * undefined where it is none.
 */
export function typedCode(text: string): string | undefined {
  const plain = text
    .normalize("NFKC") // letters as wide as Chinese ones
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  if (plain.length !== LETTERS || ![...plain].every((letter) => ALPHABET.includes(letter))) return undefined;
  return `${plain.slice(0, HALF)}-${plain.slice(HALF)}`;
}
