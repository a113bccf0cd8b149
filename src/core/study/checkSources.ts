// Whether cells that take from other cells' runs can: those are there, lead round in no circle, and have what is taken.
import { InputError, SpecError } from "../inputError.ts";
import { checkConsistency } from "../spec/resolve.ts";
import { mixRule, usedKinds, weightRule } from "../spec/ruleFacts.ts";
import { sourcesOf } from "./cellSources.ts";
import { hasControls } from "./ruleControls.ts";
import { cellNamed, type Cell, type Study } from "./study.ts";
import { cellSpec } from "./studyRuns.ts";

type Cells = Pick<Study, "spec" | "cells" | "seeds">;

/** Runs `work` of a cell. @throws SpecError that names the cell */
export function inCell<T>(where: string, { name }: Cell, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError)
      throw new SpecError(`${where}: cell ${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** @throws SpecError in one sentence, naming the cell */
export function checkSources(study: Cells, where: string): void {
  const { cells } = study;
  const fed = cells.filter((cell) => sourcesOf(cell).length > 0 || cell.made || cell.reference);
  for (const cell of fed) inCell(where, cell, () => checkNames(cell, cells));
  for (const cell of fed) inCell(where, cell, () => checkCircle(cell, cells));
  for (const cell of cells.filter(({ controlOf }) => controlOf === undefined)) {
    inCell(where, cell, () => checkConsistency(cellSpec(study, cell, study.seeds[0]!)));
  }
  for (const cell of fed) inCell(where, cell, () => checkTaken(cell, study));
}

function checkNames(cell: Cell, cells: readonly Cell[]): void {
  const { controlOf, made, reference, changes } = cell;
  if ((controlOf === undefined) !== (made === undefined)) {
    throw new SpecError('controlOf and made ("mean" or "reversed") belong together; say both or neither');
  }
  if (controlOf !== undefined && (reference || Object.keys(changes).length > 0)) {
    throw new SpecError(
      `is a control of ${controlOf}, whose way is all it has; leave out changes and reference`,
    );
  }
  if (reference && ("rule.reference" in changes || "rule.referenceRun" in changes)) {
    throw new SpecError("has a reference and sets rule.reference; leave out one of the two");
  }
  const stranger = sourcesOf(cell).find((name) => !cells.some((one) => one.name === name));
  if (stranger !== undefined) {
    const names = cells.map(({ name }) => name).slice(0, 12);
    throw new SpecError(`there is no cell ${stranger} to take from; cells are ${names.join(", ")}`);
  }
}

function checkCircle(cell: Cell, cells: readonly Cell[]): void {
  const follow = (name: string, way: readonly string[]): void => {
    for (const next of sourcesOf(cellNamed({ cells }, name))) {
      if (next === cell.name) {
        throw new SpecError(
          `waits for itself (${[...way, next].join(" ← ")}); name a cell that ends before it`,
        );
      }
      if (!way.includes(next)) follow(next, [...way, next]);
    }
  };
  follow(cell.name, [cell.name]);
}

function checkTaken(cell: Cell, study: Cells): void {
  const { controlOf, reference } = cell;
  const specOf = (name: string) => cellSpec(study, cellNamed(study, name), study.seeds[0]!);
  if (controlOf !== undefined && !hasControls(specOf(controlOf))) {
    throw new SpecError(
      `is a control of ${controlOf}, whose mix and weights stay as they are; name a cell in which they move`,
    );
  }
  if (!reference) return;
  const own = specOf(cell.name);
  const rules = [mixRule(own), weightRule(own)].filter(({ needs }) => needs === "rule.reference");
  if (rules.length === 0) {
    throw new SpecError(
      "has a reference, and no rule that goes by one; set batch.schedule to doremi, tdro or devGap",
    );
  }
  const isDev = rules.some(({ observes }) => observes === "dev");
  for (const [kind, name] of Object.entries(reference)) {
    const kinds = usedKinds(specOf(name));
    if (!kinds.some((one) => one === kind) || (isDev && kinds.length > 1)) {
      const right = isDev ? `trains ${kind} alone` : `trains ${kind}`;
      throw new SpecError(
        `takes its reference for ${kind} from ${name}, which trains ${kinds.join(", ")}; name a cell that ${right}`,
      );
    }
    if (specOf(name).data.train !== own.data.train) {
      throw new SpecError(
        `takes its reference for ${kind} from ${name}, which trains on other data; name a cell that trains on ${own.data.train}`,
      );
    }
  }
}
