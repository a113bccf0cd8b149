// A study as named on the command line: a file, the folder of one or study:NAME at a size, then --set on what its cells share.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { givenSettings, headText } from "../../core/formats/givenText.ts";
import { SpecError } from "../../core/inputError.ts";
import { specPath } from "../../core/spec/fields.ts";
import { kindPart } from "../../core/spec/kindParts.ts";
import { parseStudy, writtenStudy } from "../../core/study/parseStudy.ts";
import { builtInStudy, isStudySize } from "../../core/study/studies.ts";
import { STUDY_SIZES } from "../../core/study/studySizes.ts";
import { STUDY_SCHEMA, type Study } from "../../core/study/study.ts";
import { readGiven } from "../files/readGiven.ts";
import { applySettings } from "../specSource.ts";
import { readStudy, studyFile } from "./studyFolder.ts";

const BUILT_IN = "study:";
export async function namesStudy(name: string): Promise<boolean> {
  if (name.startsWith(BUILT_IN) || existsSync(studyFile(name))) return true;
  const bytes = await readFile(name).catch(() => undefined); // what cannot be read is told by who reads it
  return bytes !== undefined && headText(bytes).includes(`"${STUDY_SCHEMA}"`);
}

/** @throws SpecError in one sentence */
export async function namedStudy(name: string, size: string | undefined): Promise<Study> {
  if (name.startsWith(BUILT_IN)) {
    if (size !== undefined && !isStudySize(size)) {
      throw new SpecError(`--size ${size}: sizes are ${STUDY_SIZES.join(", ")}`);
    }
    return builtInStudy(name.slice(BUILT_IN.length), size ?? "classroom");
  }
  if (size !== undefined) throw new SpecError(`--size is for study:NAME; ${name} says its own`);
  const there = await readStudy(name);
  if (there) return there;
  const wanted = "a study's file or study:NAME; sweep --list shows those that there are";
  return parseStudy(givenSettings(await readGiven(name, wanted), name, wanted), name);
}

/**
 * What all cells share, changed; each cell is checked again.
 * @throws SpecError for a field that the cells set themselves, and as `parseStudy` does
 */
export function withSettings(study: Study, settings: readonly string[]): Study {
  if (settings.length === 0) return study;
  for (const setting of settings) {
    const name = setting.split("=", 1)[0]!;
    const path = specPath(name) ?? kindPart(name)?.path;
    if (path === "seed") throw new SpecError(`--set ${setting}: a study's seeds are in its file`);
    const own = study.cells.find(({ changes }) => path !== undefined && path in changes);
    if (own) {
      throw new SpecError(
        `--set ${setting}: cells set ${path} themselves, such as ${own.name}; set what they share`,
      );
    }
  }
  const spec = applySettings(study.spec, settings);
  return parseStudy(JSON.parse(JSON.stringify(writtenStudy({ ...study, spec }))), "--set");
}
