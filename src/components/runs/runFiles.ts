// A run as a link, a JSON record and a CSV file. Decides what is in them; saving is charts/saveFile.ts.
import { csvText, fileName, pointsCsv } from "../../core/series/csv.ts";
import { detailPoints } from "../../core/series/storedRun.ts";
import { encodeLink, type ExpectedResult } from "../../core/spec/link.ts";
import { DEFAULT_PRESET, findPreset } from "../../core/spec/presets.ts";
import type { Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { saveFile } from "../charts/saveFile.ts";

/** What a receiver's run is held against; undefined while the run has no record or a number is undefined. */
export function expectedOf({ record }: Pick<Run, "record">): ExpectedResult | undefined {
  if (!record) return undefined;
  const { map, rankDistance } = record.final;
  const { mono, cross, multi } = map;
  if (mono === null || cross === null || multi === null || rankDistance === null) return undefined;
  const { backend } = record.environment;
  return { digest: record.digest.slice(0, 16), backend, map: { mono, cross, multi }, rankDistance };
}

/** @param page address of the page; its own hash is left out */
export function runLink(run: Run, page: string): string {
  const expected = expectedOf(run);
  const preset = findPreset(run.presetName) ?? DEFAULT_PRESET;
  return `${page.split("#")[0]}#${encodeLink(run.spec, preset, expected ? { expected } : {})}`;
}

export async function saveRecord(id: string): Promise<void> {
  const run = await runStore.getState().loadDetail(id);
  if (run?.record) saveFile(fileName(run.name, "json"), "application/json", JSON.stringify(run.record));
}

export async function savePoints(id: string): Promise<void> {
  const run = await runStore.getState().loadDetail(id);
  if (!run) return;
  saveFile(
    fileName(run.name, "csv"),
    "text/csv",
    pointsCsv([{ name: run.name, seed: run.spec.seed, points: detailPoints(run) }]),
  );
}

const NUMBERS = ["map/mono", "map/cross", "map/multi", "rankDistance", "sameLanguageShare"] as const;

/** One row per run: what it was and what came out. */
export function overviewCsv(runs: readonly Run[]): string {
  const header = ["run", "preset", "seed", "status", "step", "backend", ...NUMBERS];
  const rows = runs.map((run) => [
    ...[run.name, run.presetName, run.spec.seed, run.status, run.step, run.device?.backend],
    ...NUMBERS.map((metric) => run.summary[metric]?.now),
  ]);
  return csvText([header, ...rows]);
}
