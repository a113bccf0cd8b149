// Runs one spec in this process and shows how it goes; the shared middle of run, eval and replay.
import { memorySentence } from "../core/encoders/estimateMemory.ts";
import { shownIn } from "../core/metrics/metricTable.ts";
import { briefText } from "../core/metrics/metricText.ts";
import type { RunRecord } from "../core/record/runRecord.ts";
import type { ExperimentSpec } from "../core/spec/spec.ts";
import type { QueryValues } from "../core/stats/queryValues.ts";
import { runExperiment, type RunOptions, type RunResources } from "../training/run/runExperiment.ts";
import type { EncoderPlaces } from "../training/pretrained/openEncoder.ts";
import type { RunControl } from "../core/run/control.ts";
import type { RunPorts } from "../training/run/runPorts.ts";
import type { SnapshotStore } from "../training/snapshot/snapshotStore.ts";
import { vectorShelf } from "./nodeModels.ts";
import { createNodePorts } from "./nodePorts.ts";
import { createFolderStarts } from "./nodeStarts.ts";
import { createProgressLine } from "./progressLine.ts";

export interface ExecutedRun {
  readonly record: RunRecord;
  readonly queryValues?: QueryValues;
  readonly startValues?: QueryValues; // of the evaluation before training
  readonly resources: RunResources; // the model is still alive
  readonly ports: RunPorts;
  readonly notices: readonly string[];
}

/** A run that was left before its end. */
export interface LeftRun {
  readonly step: number;
  readonly kept: boolean; // whether it can go on from there
}

export interface ExecuteOptions extends RunOptions {
  readonly training: boolean;
  readonly quiet: boolean | "silent"; // the last keeps notices to itself too: who asked has them from the result
  readonly places?: EncoderPlaces;
  readonly fused?: boolean; // as `startBackend` has it
  readonly snapshots?: SnapshotStore;
  readonly ports?: RunPorts; // of a process that makes several runs; left out: ports of this run's own
  readonly measuresAll?: boolean; // also the evaluation before training, and the teacher's vectors, where they are kept
}

/** Goes on until the end; ^C ends the process as usual. */
const unattended: RunControl = {
  gate: () => Promise.resolve(),
  trainGate: () => Promise.resolve(),
  stopped: false,
  paused: false,
};

/** @throws SpecError, DataError for bad input; anything else is a failure */
export async function executeRun(spec: ExperimentSpec, options: ExecuteOptions): Promise<ExecutedRun> {
  const done = await executeWith(unattended, spec, options);
  if ("kept" in done) throw new Error("a run that nobody attends was left");
  return done;
}

/** As `executeRun`, with a lever by which the run may be stopped or left. */
export async function executeWith(
  control: RunControl,
  spec: ExperimentSpec,
  options: ExecuteOptions,
): Promise<ExecutedRun | LeftRun> {
  const { training, quiet, places, fused, snapshots, measuresAll } = options;
  const own = options.ports ?? createNodePorts(places, fused);
  const progress = createProgressLine(process.stderr, quiet !== false);
  const ports: RunPorts = {
    ...(!measuresAll && { starts: createFolderStarts(), vectors: Promise.resolve(vectorShelf()) }),
    ...own,
    ...(snapshots && { snapshots }),
  };
  let resources: RunResources | undefined;
  let record: RunRecord | undefined;
  let queryValues: QueryValues | undefined;
  let startValues: QueryValues | undefined;
  const notices: string[] = [];
  const told = training ? tellingMemory(ports, spec.batch.size, progress.say) : ports;
  const events = runExperiment(spec, told, control, (kept) => (resources = kept), options);
  try {
    for await (const event of events) {
      if (event.type === "progress") progress.show(event.progress);
      else if (event.type === "notice") {
        notices.push(event.message);
        if (quiet !== "silent") progress.note(event.message);
      } else if (event.type === "queryValues") queryValues = event.values;
      else if (event.type === "startValues") startValues = event.values;
      else if (event.type === "finished") record = event.record;
      else if (event.type === "suspended") return { step: event.step, kept: event.kept };
      else if (event.type === "restored") progress.say(`goes on from step ${event.step}`);
      else if (event.type === "device") {
        progress.say(`${event.device.backend}: ${event.device.adapter}`);
        for (const note of event.device.notes) progress.say(note);
      } else if (event.type === "points") {
        const multi = event.points.find((p) => p.metric === "map/multi" && p.lang === undefined);
        if (multi) progress.say(headline(event.points, multi.step));
      }
    }
  } finally {
    progress.end();
  }
  // A run without error has emitted the record and kept its resources.
  return {
    record: record!,
    resources: resources!,
    ports,
    notices,
    ...(queryValues && { queryValues }),
    ...(startValues && { startValues }),
  };
}

/**
 * Ports that say how much memory training takes once the pieces are known and before the weights are read or downloaded.
 * A run opens what it trains before its teacher, of which nothing is said.
 */
function tellingMemory(ports: RunPorts, batchSize: number, say: (line: string) => void): RunPorts {
  let told = false;
  return {
    ...ports,
    async openEncoder(id, onProgress) {
      const encoder = await ports.openEncoder(id, onProgress);
      return {
        ...encoder,
        load(spec, pieceIds, ...rest) {
          if (!told) say(memorySentence(encoder.config(spec, pieceIds.length), batchSize));
          told = true;
          return encoder.load(spec, pieceIds, ...rest);
        },
      };
    },
  };
}

/** "step 100  Mo mAP 0.4120  Cr mAP 0.1200  Mul mAP 0.1010  Rank distance 812.0" */
function headline(points: RunRecord["points"], step: number): string {
  const mean = (path: string) => points.find((p) => p.metric === path && p.lang === undefined)?.value;
  const numbers = shownIn("list").map((metric) => `${metric.label} ${briefText(metric, mean(metric.path))}`);
  return [`step ${String(step).padStart(5)}`, ...numbers].join("  ");
}
