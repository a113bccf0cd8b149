// Many runs as the browser keeps them, all made from one real record: mix, temperature and seed differ, numbers are invented.
import type { Page } from "@playwright/test";
import { executeRun } from "../../src/cli/executeRun.ts";
import { digestOf } from "../../src/core/record/digest.ts";
import { appendPoints, NO_POINTS } from "../../src/core/record/pointColumns.ts";
import type { RunRecord } from "../../src/core/record/runRecord.ts";
import { updateSummary } from "../../src/core/record/runSummary.ts";
import { storedDetail, type StoredRun } from "../../src/core/record/storedRun.ts";
import { ofKinds } from "../../src/core/spec/batchKind.ts";
import { findPreset } from "../../src/core/spec/presets.ts";
import { withPath } from "../../src/core/spec/spec.ts";
import { fromRecord, toStoredRun } from "../../src/state/run/run.ts";
import { DB_NAME } from "../../src/state/run/runStorage.ts";

const SEEDS = 5; // of each mix
const MIXES = 11;
const HOUR = 3_600_000;

export interface KeptRun {
  readonly run: StoredRun;
  readonly detail: object;
}

export const storedRuns = async (count: number): Promise<KeptRun[]> =>
  (await inventedRecords(count, 5)).map(keptRun);

/** Records of the quick start in 20 steps. @param evalEvery steps from one evaluation to the next */
export async function inventedRecords(count: number, evalEvery: number): Promise<RunRecord[]> {
  const quick = withPath(findPreset("quickstart")!.spec, "compute.backend", "wasm");
  const spec = withPath(withPath(quick, "steps", 20), "evalEvery", evalEvery);
  const { record, resources } = await executeRun(spec, { training: true, quiet: true });
  resources.model.dispose();
  return Array.from({ length: count }, (_, at) => inventedRecord(record, at));
}

function inventedRecord(record: RunRecord, at: number): RunRecord {
  const mix = Math.floor(at / SEEDS);
  const mono = (mix % MIXES) / (MIXES - 1);
  const ratio = ofKinds({ mono, cross: Math.round(100 * (1 - mono)) / 100 });
  const temperature = (5 + Math.floor(mix / MIXES)) / 100;
  const mixed = withPath(withPath(record.spec, "batch.ratio", ratio), "loss.temperature", temperature);
  const changed = { ...record, spec: withPath(mixed, "seed", (at % SEEDS) + 1) };
  return { ...changed, digest: digestOf(changed) };
}

function keptRun(own: RunRecord, at: number): KeptRun {
  const id = `invented-${at}`;
  const points = appendPoints(NO_POINTS, own.points);
  const init = { id, name: id, named: false, colour: at, createdAt: HOUR * at, presetName: "custom" };
  const run = fromRecord(init, own, { summary: updateSummary({}, own.points), points });
  return { run: toStoredRun(run), detail: storedDetail(id, { points, record: own }) };
}

/** Puts them where the page that is open there keeps its own. */
export async function keepRuns(tab: Page, runs: readonly KeptRun[]): Promise<void> {
  const put = `([name, kept]) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const tx = opening.result.transaction(["runs", "details"], "readwrite");
      for (const { run, detail } of kept) {
        tx.objectStore("runs").put(run, run.id);
        tx.objectStore("details").put(detail, run.id);
      }
      tx.onerror = () => reject(tx.error);
      tx.oncomplete = () => (opening.result.close(), resolve());
    };
  })`;
  const given = JSON.stringify([DB_NAME, runs]); // as text: functions of this process may call the loader's own
  await tab.evaluate(`(${put})(${given})`);
}
