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
import { isSafeName } from "./safeName.ts";
import type { Cell, Factor, MixtureDesign } from "./study.ts";

/** A cell whose name or label may still be to be made. */
export interface GivenCell extends Pick<Cell, "controlOf" | "made" | "reference"> {
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
  return given.map(({ name, label, ...cell }) => {
    if (name !== undefined) return { name, label: label ?? name, ...cell };
    const words = label ?? controlText(cell, given) ?? changesText(cell.changes, base);
    const own = freeName(slug(cell.made ? `${cell.controlOf} ${cell.made}` : words), taken);
    taken.add(own);
    return { name: own, label: words, ...cell };
  });
}

const CONTROL_WORDS = { mean: "its mean, held fixed", reversed: "backwards" } as const;

/** "bandit (Exp3): its mean, held fixed"; undefined for what is no control */
function controlText({ controlOf, made }: GivenCell, given: readonly GivenCell[]): string | undefined {
  const rule = given.find(({ name }) => name !== undefined && name === controlOf);
  return made && `${rule?.label ?? controlOf}: ${CONTROL_WORDS[made]}`;
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
    if (!taken.has(name) && isSafeName(name)) return name;
  }
}
