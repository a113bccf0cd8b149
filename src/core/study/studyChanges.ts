// Changes of a spec as a study file says them. A mix is said whole: what a form would scale may be a slip here.
import { SpecError } from "../inputError.ts";
import { fieldAt, specPath } from "../spec/fields.ts";
import { parseChanges } from "../spec/parseSpec.ts";
import type { SpecChanges } from "../spec/spec.ts";
import type { Factor } from "./study.ts";
import { unknownField } from "../spec/unknownField.ts";

export function readFactor(
  { path: name, values }: { path: string; values: readonly unknown[] },
  where: string,
): Factor {
  const path = specPath(name);
  if (!path) throw new SpecError(`${where}: ${unknownField(name)}`);
  const read = values.map((value) => readChanges({ [path]: value }, where));
  return { path, values: read.map((changes) => changes[path]!) };
}

/** @throws SpecError naming the first field that cannot be right */
export function readChanges(value: Readonly<Record<string, unknown>>, where: string): SpecChanges {
  checkSimplexes(value, where);
  return parseChanges(value, where);
}

const SLACK = 0.002; // thirds with three digits

/** @param value fields by path or in their groups @throws SpecError naming a mix that does not sum to 1, and its sum */
export function checkSimplexes(value: Readonly<Record<string, unknown>>, where: string): void {
  for (const [key, own] of Object.entries(value)) {
    if (typeof own !== "object" || own === null) continue;
    const path = specPath(key);
    if (path === undefined) {
      const inner = Object.entries(own as Record<string, unknown>).map(
        ([name, field]) => [`${key}.${name}`, field] as const,
      );
      for (const [name, field] of inner) if (specPath(name)) checkSimplexes({ [name]: field }, where);
    } else if (fieldAt(path).type === "ratio") {
      const shares = Object.values(own as Record<string, unknown>);
      const sum = shares.reduce(
        (total: number, share) => total + (typeof share === "number" ? share : NaN),
        0,
      );
      if (Math.abs(sum - 1) > SLACK) {
        throw new SpecError(`${where}: ${path} sums to ${Number(sum.toFixed(6))}; its shares must sum to 1`);
      }
    }
  }
}
