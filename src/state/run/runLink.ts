// A run as a link that trains it again.
import { expectedCurve, expectedResult, verifiedResult } from "../../core/record/expectedResult.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { encodeLink, type ExpectedResult } from "../../core/spec/link.ts";
import { linkPage } from "../../core/spec/linkPage.ts";
import { DEFAULT_PRESET, findPreset } from "../../core/spec/presets.ts";
import { courseOfRun, detailOf, type Run } from "./run.ts";

interface Passing {
  /** Keys of the link that was opened, which are passed on. */
  readonly unknown?: Readonly<Record<string, string>>;
  /** With a few points of the run's curves, to be drawn where the link is opened. */
  readonly curve?: boolean;
  /** Without hashes and digests of parts, where a short link is needed. */
  readonly brief?: boolean;
}

/** Hashes take a moment, and a record's link is drawn often. */
const results = new WeakMap<RunRecord, { readonly result: ExpectedResult | undefined }>();
function resultOf(record: RunRecord): ExpectedResult | undefined {
  const known = results.get(record) ?? { result: verifiedResult(record) };
  results.set(record, known);
  return known.result;
}

/**
 * Without the result where the record does not fit itself: nobody need try to make it again.
 *
 * @param page address of the page; its own hash and the view are left out
 */
export function runLink(
  run: Run,
  page: string,
  { unknown = {}, curve = false, brief = false }: Passing = {},
): string {
  const { record } = detailOf(run);
  const asked = brief ? expectedResult : resultOf;
  const result = record && !run.misfits ? asked(record) : undefined;
  const points = record && curve ? expectedCurve(record) : undefined;
  const expected = result && { ...result, ...(points && { curve: points }) };
  const preset = findPreset(run.presetName) ?? DEFAULT_PRESET;
  const { spec, ...course } = courseOfRun(run);
  const hash = encodeLink(spec, preset, { unknown, ...course, ...(expected && { expected }) });
  return `${linkPage(page)}#${hash}`;
}
