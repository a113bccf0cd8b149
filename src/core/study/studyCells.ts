// The cells of a study from what its file says: named ones, a grid of factors, points of a mixture. Made names are readable
// and tell cells apart.
import { ratioText } from "../naming/mixText.ts";
import { settingText } from "../naming/settingText.ts";
import type { Ratio } from "../spec/batchKind.ts";
import { fieldAt } from "../spec/fields.ts";
import {
  withChanges,
  type ExperimentSpec,
  type SpecChanges,
  type SpecPath,
  type SpecValue,
} from "../spec/spec.ts";
import { mixtureRatios } from "./mixtureCells.ts";
import type { Cell, Factor, MixtureDesign } from "./study.ts";

/** A cell whose name or label may still be to be made. */
export interface GivenCell {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  readonly changes: SpecChanges;
}

export const MAX_NAME = 60;
export const CELL_NAME = /^[A-Za-z0-9._-]{1,60}$/;

/** Every value of each factor with every value of the others, the last factor's values nearest to each other. */
export function gridCells(factors: readonly Factor[]): GivenCell[] {
  return factors.reduce<GivenCell[]>(
    (cells, { path, values }) =>
      cells.flatMap(({ changes }) => values.map((value) => ({ changes: { ...changes, [path]: value } }))),
    [{ changes: {} }],
  );
}

export const mixtureCells = (design: MixtureDesign): GivenCell[] =>
  mixtureRatios(design).map((ratio) => ({ changes: { "batch.ratio": ratio } }));

/** The cells with a label each, and a name that no other has. @param base what all share */
export function namedCells(given: readonly GivenCell[], base: ExperimentSpec): Cell[] {
  const taken = new Set(given.flatMap(({ name }) => name ?? []));
  return given.map(({ name, label, changes }) => {
    if (name !== undefined) return { name, label: label ?? name, changes };
    const words = label ?? changesText(changes, base);
    const made = freeName(slug(words), taken);
    taken.add(made);
    return { name: made, label: words, changes };
  });
}

/** "mono 20 %, from distilled-weak": each change in words. */
function changesText(changes: SpecChanges, base: ExperimentSpec): string {
  const spec = withChanges(base, changes);
  const words = (Object.entries(changes) as [SpecPath, SpecValue][]).map(([path, value]) =>
    fieldAt(path).type === "ratio" ? ratioText(value as Ratio) : settingText(path, spec),
  );
  return words.join(", ") || "as it is";
}

/** "mono 20 %, multi 80 %" -> "mono-20-multi-80" */
const slug = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, MAX_NAME - 4) || "cell";

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(name)) return name;
  }
}
