// A spec as named on the command line: preset:NAME, a link, a spec.json or a run.json, then --set on top.
import type { BatchKind } from "../core/spec/batchKind.ts";
import { parseRecordFile } from "../core/export/recordJson.ts";
import { misfitSentence, misfitsOf } from "../core/record/misfits.ts";
import { stopOf } from "../core/record/stepsDone.ts";
import { RUN_SCHEMA, type RunRecord } from "../core/record/runRecord.ts";
import { fieldAt, specPath } from "../core/spec/fields.ts";
import { refusalText } from "../core/spec/checkValue.ts";
import { parseValue } from "../core/spec/fieldText.ts";
import { kindPart, withKindParts } from "../core/spec/kindParts.ts";
import { decodeLink, type ExpectedResult } from "../core/spec/link.ts";
import { isLinkText, linkEntries } from "../core/spec/linkText.ts";
import { parseSpec } from "../core/spec/parseSpec.ts";
import { SpecError } from "../core/inputError.ts";
import { givenJson, givenSettings } from "../core/formats/givenText.ts";
import { findPreset, PRESETS } from "../core/spec/presets.ts";
import type { Trajectory } from "../core/spec/decision.ts";
import type { Parent } from "../core/spec/lineage.ts";
import { withPath, type ExperimentSpec, type SpecPath } from "../core/spec/spec.ts";
import { readGiven } from "./files/readGiven.ts";
import { unknownField } from "../core/spec/unknownField.ts";

export interface NamedSpec {
  readonly spec: ExperimentSpec;
  readonly record?: RunRecord; // when a run.json was named
  readonly misfits?: readonly string[]; // what in that file does not fit the rest of it
  readonly expected?: ExpectedResult; // when a link carries its sender's result
  readonly parent?: Parent; // of a branch
  readonly stopAt?: number; // of a record or link of a run that was stopped before its end
  readonly trajectory?: Trajectory; // what was decided of the run: all of a record's, a hand's of a link
}

/**
 * @param notice told what a person should know but need not mend: unknown keys of a link, a record that does not fit itself
 * @throws SpecError in one sentence
 */
export async function readSpec(name: string, notice: (message: string) => void): Promise<NamedSpec> {
  if (name.startsWith("preset:")) {
    const preset = findPreset(name.slice("preset:".length));
    if (preset) return { spec: preset.spec };
    throw new SpecError(
      `${name}: there is no such preset; there is ${PRESETS.map((p) => p.name).join(", ")}`,
    );
  }
  if (isLinkText(name)) {
    if (linkEntries(name) === "") {
      throw new SpecError(
        `${name.slice(0, 200)}: no experiment can be read from this address; open it in a browser and give the address that it leads to, which goes on with #v=…`,
      );
    }
    const { spec, expected, parent, stopAt, trajectory, problems } = decodeLink(name);
    const bad = problems.find((problem) => problem.outcome !== "unknown");
    if (bad) throw new SpecError(`link: ${refusalText(bad.message)}`);
    for (const { message } of problems) notice(message);
    return {
      spec,
      ...(expected && { expected }),
      ...(parent && { parent }),
      ...(stopAt !== undefined && { stopAt }),
      ...(trajectory && { trajectory }),
    };
  }
  const wanted = "a spec.json, a run.json, a link or preset:NAME";
  const bytes = await readGiven(name, wanted);
  const value = givenJson(bytes, name, wanted);
  if (typeof value === "object" && value !== null && "schema" in value && value.schema === RUN_SCHEMA) {
    const file = parseRecordFile(value, name);
    const misfits = misfitsOf(file);
    if (misfits.length > 0) notice(misfitSentence(name, misfits));
    const { record } = file;
    const stopAt = stopOf(record);
    const { spec, parent, trajectory } = record;
    return {
      spec,
      record,
      misfits,
      ...(parent && { parent }),
      ...(stopAt !== undefined && { stopAt }),
      ...(trajectory && { trajectory }),
    };
  }
  return { spec: parseSpec(givenSettings(bytes, name, wanted), name) };
}

/**
 * Applies `path=value` settings in order, and then single kinds of a mix: `batch.ratio.mono=0.7 batch.ratio.cross=0.2` are
 * these two parts, and the other kinds share the rest.
 * @throws SpecError naming the field and its bound
 */
export function applySettings(spec: ExperimentSpec, settings: readonly string[]): ExperimentSpec {
  const parts = new Map<SpecPath, Map<BatchKind, number>>();
  const whole = settings.reduce((current, setting) => {
    const cut = setting.indexOf("=");
    if (cut < 1) throw new SpecError(`--set ${setting}: must be path=value, such as steps=50`);
    const [name, text] = [setting.slice(0, cut), setting.slice(cut + 1)];
    const path = specPath(name);
    if (path) {
      const checked = parseValue(path, text);
      if (!("value" in checked) || checked.problem) {
        throw new SpecError(`--set: ${refusalText(checked.problem!.message)}`);
      }
      return withPath(current, path, checked.value);
    }
    const part = kindPart(name);
    if (!part) throw new SpecError(`--set: ${unknownField(name)}`);
    const own = parts.get(part.path) ?? new Map<BatchKind, number>();
    parts.set(part.path, own.set(part.kind, readPart(name, part.path, text)));
    return current;
  }, spec);
  return [...parts].reduce((current, [path, own]) => withKindParts(current, path, own), whole);
}

function readPart(name: string, path: SpecPath, text: string): number {
  const field = fieldAt(path);
  const max = "max" in field ? field.max : 1;
  const part = text.trim() === "" ? NaN : Number(text);
  if (part >= 0 && part <= max) return part;
  throw new SpecError(`--set: ${name} must be a number from 0 to ${max}, got "${text.slice(0, 40)}"`);
}
