// A run as a link that trains it again.
import { expectedCurve, expectedResult } from "../../core/record/expectedResult.ts";
import { encodeLink } from "../../core/spec/link.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { DEFAULT_PRESET, findPreset } from "../../core/spec/presets.ts";
import { courseOfRun, detailOf, type Run } from "./run.ts";

interface Passing {
  /** Keys of the link that was opened, which are passed on. */
  readonly unknown?: Readonly<Record<string, string>>;
  /** With a few points of the run's curves, to be drawn where the link is opened. */
  readonly curve?: boolean;
}

/**
 * Without the result where the record does not fit itself: nobody need try to make it again.
 *
 * @param page address of the page; its own hash and the view are left out
 */
export function runLink(run: Run, page: string, { unknown = {}, curve = false }: Passing = {}): string {
  const { record } = detailOf(run);
  const result = record && !run.misfits ? expectedResult(record) : undefined;
  const points = record && curve ? expectedCurve(record) : undefined;
  const expected = result && { ...result, ...(points && { curve: points }) };
  const preset = findPreset(run.presetName) ?? DEFAULT_PRESET;
  const { spec, ...course } = courseOfRun(run);
  const hash = encodeLink(spec, preset, { unknown, ...course, ...(expected && { expected }) });
  return `${linkPage(page)}#${hash}`;
}
