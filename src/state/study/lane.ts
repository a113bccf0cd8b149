// One trainer with its own workers, for the runs of a study: it trains one at a time, from its snapshot where there is one.
// Keeps the encoder and the data of the last run for the next, as any trainer does. Knows no study.
import type { Cadence } from "../../core/run/cadence.ts";
import type { DeviceReport } from "../../core/run/device.ts";
import { DEVICE_LOST } from "../../core/machineError.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { QueryValues } from "../../core/stats/queryValues.ts";
import { refusalOf, SILENT, type LabClient } from "../../workers/labClient.ts";
import type { AboutRun, WireError } from "../../workers/protocol.ts";

/** What a run leaves behind. */
export interface Trained {
  readonly record: RunRecord;
  readonly queryValues?: QueryValues;
  /** Before training; `key` names the start and its test, which runs share. */
  readonly start?: { readonly key: string; readonly values: QueryValues };
}

export interface LaneRun {
  readonly runId: string;
  readonly spec: ExperimentSpec;
  readonly baselines?: boolean; // measured at its end
}

export interface LaneEvents {
  onStep(step: number): void;
  onDevice(device: DeviceReport): void;
}

export interface Lane {
  /** Rejects never. A worker that fell silent, or whose device was lost, is replaced, and the run goes on once. */
  train(run: LaneRun, events: LaneEvents): Promise<Trained | { readonly error: WireError }>;
  /** Ends the workers, after a snapshot of what is being trained if it keeps any: `train` then never answers. */
  leave(): Promise<void>;
}

/** A snapshot of a large encoder takes a moment; a page that is closing has none. */
const SNAPSHOT_MS = 20_000;

const mayGoOn = ({ name }: WireError) => name === SILENT || name === DEVICE_LOST;

export function createLane(client: LabClient, cadence: () => Cadence | undefined): Lane {
  const { trainer } = client;
  let hear: (event: AboutRun) => void = () => undefined;
  let lose: (error: WireError) => void = () => undefined;
  let present: { readonly runId: string; step: number } | undefined;
  trainer.onEvent((event) => {
    if (event.type !== "benchmark" && event.runId === present?.runId) hear(event);
  });
  client.onTrainerReplaced((error) => lose(error));
  client.onCrash((error) => lose(error));

  /** @param goOn from its snapshot */
  const attempt = ({ runId, spec }: LaneRun, goOn: boolean, { onStep, onDevice }: LaneEvents) =>
    new Promise<Trained>((resolve, reject) => {
      let queryValues: QueryValues | undefined;
      let start: Trained["start"];
      lose = (error) => reject(new Lost(error));
      hear = (event) => {
        switch (event.type) {
          case "device":
            return onDevice(event.device);
          case "startValues":
            start = { key: event.key, values: event.values };
            return;
          case "queryValues":
            queryValues = event.values;
            return;
          case "progress":
            if (event.progress.phase === "train") onStep(event.progress.done);
            return;
          case "finished":
            return resolve({
              record: event.record,
              ...(queryValues && { queryValues }),
              ...(start && { start }),
            });
          case "failed":
            // Of a device that is gone the client tells, too, once the next trainer is there.
            return mayGoOn(event.error) ? undefined : reject(new Lost(event.error));
          default:
            return;
        }
      };
      const every = cadence();
      const request = { runId, spec, paused: false, ...(every && { cadence: every }), ...(goOn && { goOn }) };
      trainer.request("start", request).catch((error: unknown) => reject(new Lost(refusalOf(error))));
    });

  /** Without them the run is whole, too: then they are left out. */
  const withBaselines = async (trained: Trained, { runId, baselines = false }: LaneRun): Promise<Trained> => {
    if (!baselines) return trained;
    const made = await trainer.request("baselines", { runId }).catch(() => undefined);
    return made ? { ...trained, record: { ...trained.record, baselines: made } } : trained;
  };

  const hasSnapshot = async (runId: string) =>
    (await trainer.request("listSnapshots", null)).some((kept) => kept.runId === runId);
  const forget = (runId: string) => trainer.request("forgetSnapshots", { runIds: [runId] }).catch(() => null); // swept when the page is opened

  return {
    async train(run, events) {
      const own = { runId: run.runId, step: 0 };
      present = own;
      const noting: LaneEvents = {
        ...events,
        onStep(step) {
          own.step = step;
          events.onStep(step);
        },
      };
      for (let tries = 1; ; tries++) {
        let isFromSnapshot = false;
        try {
          isFromSnapshot = await hasSnapshot(run.runId);
          const trained = await withBaselines(await attempt(run, isFromSnapshot, noting), run);
          present = undefined;
          void forget(run.runId);
          return trained;
        } catch (error) {
          const wire = error instanceof Lost ? error.wire : refusalOf(error);
          const isAgain = tries === 1 && (mayGoOn(wire) || isFromSnapshot);
          // A snapshot that cannot be gone on from is worth less than the run.
          if (isFromSnapshot && !mayGoOn(wire)) await forget(run.runId);
          if (isAgain) continue;
          present = undefined;
          return { error: wire };
        }
      }
    },
    async leave() {
      const run = present;
      hear = () => undefined;
      lose = () => undefined;
      if (run && run.step > 0 && cadence()) {
        const kept = new Promise<void>((resolve) => {
          hear = ({ type }) => (type === "snapshot" || type === "finished") && resolve();
          lose = () => resolve();
          setTimeout(resolve, SNAPSHOT_MS);
        });
        await trainer
          .request("pause", { runId: run.runId })
          .then(() => kept)
          .catch(() => undefined); // it is gone: so be it
      }
      present = undefined;
      client.dispose();
    },
  };
}

/** A worker's error as it was told. */
class Lost extends Error {
  readonly wire: WireError;
  constructor(wire: WireError) {
    super(wire.message);
    this.wire = wire;
  }
}
