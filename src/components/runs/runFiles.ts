// A run as a link, a JSON record and a CSV file. Decides what is in them; saving is charts/saveFile.ts.
import { recordJson } from "../../core/export/recordJson.ts";
import { EVAL_METRICS, isStanding } from "../../core/metrics/metricTable.ts";
import { csvText, fileName, pointsCsv, SETTING_HEADER, settingCells } from "../../core/series/csv.ts";
import { isKey } from "../../core/record/runSummary.ts";
import { namedRun } from "../../core/record/misfits.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { pointsOf } from "../../state/run/runFile.ts";
import { runStore } from "../../state/runStore.ts";
import { saveFile } from "../controls/saveFile.ts";

export async function saveRecord(id: string): Promise<void> {
  const run = await runStore.getState().loadDetail(id);
  const { record, queryValues, startValues } = detailOf(run);
  if (!run || !record) return;
  const text = recordJson(record, queryValues, startValues);
  saveFile(fileName(run.name, "json"), "application/json", text);
}

export async function savePoints(id: string): Promise<void> {
  const run = await runStore.getState().loadDetail(id);
  if (!run) return;
  saveFile(fileName(run.name, "csv"), "text/csv", pointsCsv([pointsOf(run)]));
}

const TILES = EVAL_METRICS.filter(({ tile }) => tile).map(({ path }) => path);

/**
 * One row per run: what it was, what came out, and every setting; last its final test, where one of them had it. Points
 * refer to it by `id`.
 */
export function overviewCsv(runs: readonly Run[]): string {
  const numbers = [
    ...new Set([
      ...TILES,
      ...runs.flatMap(({ summary }) =>
        Object.keys(summary).filter((path) => isKey(path) && !isStanding(path)),
      ),
    ]),
  ];
  const nameOf = (id: string | undefined) => runs.find((run) => run.id === id)?.name;
  const known = ["run", "preset", "seed", "status", "step", "branchOf", "branchStep", "backend", ...numbers];
  const settings = SETTING_HEADER.map((path, i) => ({ path, i })).filter(({ path }) => !known.includes(path));
  const isTested = runs.some(({ finalTest }) => finalTest);
  const tested = isTested
    ? numbers.filter((path) => runs.some(({ finalTest }) => finalTest?.values[path] !== undefined))
    : [];
  const header = [
    ...known,
    "id",
    "digest",
    "note",
    "tags",
    ...settings.map(({ path }) => path),
    ...tested.map((path) => `test/${path}`),
    ...(isTested ? ["test/queries", "test/pool"] : []),
  ];
  const rows = runs.map((run) => {
    const cells = settingCells(run.spec);
    return [
      namedRun(run),
      run.presetName,
      run.spec.seed,
      run.status,
      run.step,
      nameOf(run.parentId),
      run.parent?.step,
      run.device?.backend,
      ...numbers.map((metric) => run.summary[metric]?.now),
      run.id,
      run.digest,
      run.note,
      run.tags?.join("; "),
      ...settings.map(({ i }) => cells[i]),
      ...tested.map((path) => run.finalTest?.values[path]),
      ...(isTested ? [run.finalTest?.queries, run.finalTest?.pool] : []),
    ];
  });
  return csvText([header, ...rows]);
}
