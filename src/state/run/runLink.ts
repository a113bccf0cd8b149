// A run as a link that trains it again.
import { expectedResult } from "../../core/record/expectedResult.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { DEFAULT_PRESET, findPreset } from "../../core/spec/presets.ts";
import { courseOfRun, detailOf, type Run } from "./run.ts";

/**
 * Without the result where the record does not fit itself: nobody need try to make it again.
 *
 * @param page address of the page; its own hash and the view are left out
 * @param unknown keys of the link that was opened, which are passed on
 */
export function runLink(run: Run, page: string, unknown: Readonly<Record<string, string>> = {}): string {
  const { record } = detailOf(run);
  const expected = record && !run.misfits ? expectedResult(record) : undefined;
  const preset = findPreset(run.presetName) ?? DEFAULT_PRESET;
  const { spec, ...course } = courseOfRun(run);
  const hash = encodeLink(spec, preset, { unknown, ...course, ...(expected && { expected }) });
  return `${linkPage(page)}#${hash}`;
}
