// A study from JSON of unknown origin, and as it is written. Names and labels that a file leaves out are made.
import * as v from "valibot";
import { AGE } from "../age.ts";
import { canonicalJson } from "../data/canonicalJson.ts";
import { SpecError } from "../inputError.ts";
import { firstIssue, issueText } from "../issueText.ts";
import { parseSpec, parseWrittenSpec } from "../spec/parseSpec.ts";
import { withPath, type ExperimentSpec } from "../spec/spec.ts";
import { visibleText } from "../visibleText.ts";
import { checkCount, checkStudy } from "./checkStudy.ts";
import { latticeSize } from "./mixtureCells.ts";
import { unsafeField } from "./safeName.ts";
import { STUDY_SCHEMA, type Factor, type Study } from "./study.ts";
import { CELL_NAME, gridCells, mixtureCells, namedCells, type GivenCell } from "./studyCells.ts";
import { checkSimplexes, readChanges, readFactor } from "./studyChanges.ts";
import { studySchema, type StudyFile } from "./studySchema.ts";

/**
 * @param where the file it came from, for the message
 * @throws SpecError in one sentence: the file, the cell or the field, what would be right
 */
export function parseStudy(value: unknown, where: string): Study {
  const schema = (value as { schema?: unknown } | null | undefined)?.schema;
  if (schema !== STUDY_SCHEMA) {
    throw new SpecError(
      `${where}: is no study; its "schema" must be "${STUDY_SCHEMA}", got ${JSON.stringify(schema)?.slice(0, 60) ?? "none"}`,
    );
  }
  const unsafe = unsafeField(value);
  if (unsafe !== undefined)
    throw new SpecError(`${where}: ${unsafe} is a name that every object has; call it something else`);
  const parsed = v.safeParse(studySchema, value);
  if (!parsed.success) throw new SpecError(`${where}: ${issueSentence(firstIssue(parsed.issues))}`);
  const { format: _, spec: _spec, cells: listed, factors: axes, controls, ...file } = parsed.output;
  const spec = withPath(baseSpec(parsed.output, where), "seed", file.seeds[0]!);
  const factors = axes?.map((factor, i) => readFactor(factor, `${where}: factors.${i}`));
  const cells = namedCells(cellsOf({ ...file, listed, factors }, where), spec);
  const study = { ...file, spec, cells, controls: controls ?? [cells[0]!.name], ...(factors && { factors }) };
  checkStudy(study, where);
  return study;
}

/** As it stands in a file: what `parseStudy` reads in any later lab. */
export const writtenStudy = (study: Study): object => ({ ...study, format: AGE });

function baseSpec({ spec, format }: StudyFile, where: string): ExperimentSpec {
  const value = typeof spec === "string" ? { preset: spec } : spec;
  checkSimplexes(value, `${where}: spec`);
  return format === undefined
    ? parseSpec(value, `${where}: spec`)
    : parseWrittenSpec(value, `${where}: spec`);
}

type Sources = Pick<StudyFile, "mixture" | "seeds"> & {
  readonly listed: StudyFile["cells"];
  readonly factors: readonly Factor[] | undefined;
};

/** A file that the lab wrote has its cells beside what they were made from. */
function cellsOf({ listed, factors, mixture, seeds }: Sources, where: string): GivenCell[] {
  if (factors && mixture) {
    throw new SpecError(`${where}: has factors and a mixture; say one of the two, or list the cells`);
  }
  const nMade = factors?.reduce((product, { values }) => product * values.length, 1);
  const nMixed = mixture?.kind === "lattice" ? latticeSize(mixture.parts) : undefined;
  checkCount(nMade ?? nMixed ?? 0, seeds.length, where);
  const made = factors ? gridCells(factors) : mixture && mixtureCells(mixture);
  const own = listed?.map((cell, i) => ({
    ...cell,
    changes: readChanges(cell.changes, `${where}: cell ${cell.name ?? i + 1}`),
  }));
  if (!own && !made) throw new SpecError(`${where}: has no cells; list cells, or say factors or a mixture`);
  if (own && made && !sameChanges(own, made)) {
    const source = factors ? "factors" : "mixture";
    throw new SpecError(`${where}: its cells are not those of its ${source}; leave out one of the two`);
  }
  return own ?? made!;
}

function sameChanges(a: readonly GivenCell[], b: readonly GivenCell[]): boolean {
  const text = (cells: readonly GivenCell[]) => canonicalJson(cells.map(({ changes }) => changes));
  return text(a) === text(b);
}

/** What is not as it should be, with the field's place; a cell by its name, as everywhere. */
function issueSentence(issue: v.BaseIssue<unknown>): string {
  const [list, at, ...inside] = issue.path ?? [];
  const isCell = list?.key === "cells" && at !== undefined && inside.length > 0;
  const name = isCell && (at.value as { name?: unknown } | null)?.name;
  const place = isCell
    ? `cell ${typeof name === "string" && CELL_NAME.test(name) ? name : Number(at.key) + 1}: ${inside.map(({ key }) => String(key)).join(".")}`
    : (v.getDotPath(issue) ?? "the file");
  if (issue.expected === "never") return `${visibleText(place)} is not a field of ${STUDY_SCHEMA}`;
  return `${visibleText(place)} ${issueText(issue)}`;
}
