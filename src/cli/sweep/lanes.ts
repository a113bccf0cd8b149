// Processes beside each other that train a study's runs: hands out the next run to whichever is free, and tells what became
// of each. The records are the same for any number of them.
import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Cadence } from "../../core/run/cadence.ts";
import { messageOf } from "../../core/messageOf.ts";
import { runKey, type StudyRun } from "../../core/study/study.ts";
import type { FromLane, Outcome, ToLane } from "./laneMessages.ts";

const ENTRY = fileURLToPath(new URL("./laneProcess.ts", import.meta.url));

export interface LaneOptions {
  readonly dir: string;
  readonly lanes: number; // at most one for each run
  readonly threads: number; // of each
  readonly checkpointEvery: Cadence;
  readonly trecDepth?: number | undefined; // of rankings that are kept
  readonly hasBaselines: (run: StudyRun) => boolean; // they are measured at its end
  readonly isLeaving: () => boolean; // no further run is handed out
  /** The run with the whole of its spec. @throws Error with one sentence where it cannot be trained */
  readonly prepare: (run: StudyRun) => Promise<StudyRun>;
  readonly onNotice: (run: StudyRun, sentence: string) => void;
  readonly onOutcome: (run: StudyRun, outcome: Outcome) => Promise<void>;
}

export interface Lanes {
  readonly ended: Promise<void>;
  /** Asks each process to leave its run with a snapshot. */
  leave(): void;
}

/** @param runs in the order in which they are begun */
export function runLanes(runs: readonly StudyRun[], options: LaneOptions): Lanes {
  const waiting = [...runs];
  const going = new Map<string, Promise<void>>(); // by run
  const processes = new Set<ChildProcess>();
  const say = (process: ChildProcess, message: ToLane) => process.connected && process.send(message);

  /** The first that waits for no run still to end, if there is one. */
  function take(): StudyRun | undefined {
    const open = new Set([...waiting.map(runKey), ...going.keys()]);
    const at = waiting.findIndex(({ fedBy }) => !fedBy?.runs.some((source) => open.has(runKey(source))));
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  }

  async function lane(): Promise<void> {
    let own: ChildProcess | undefined;
    const end = async (run: StudyRun): Promise<void> => {
      const asked = await options.prepare(run).catch(messageOf);
      if (typeof asked === "string") return options.onOutcome(run, { type: "failed", why: asked });
      if (options.isLeaving()) return;
      if (own?.connected !== true) processes.add((own = startProcess(options.threads)));
      const outcome = await trainIn(own, asked, options);
      await options.onOutcome(run, outcome);
      if (outcome.type === "failed" && own.connected) own.disconnect(); // what it held of that run goes with it
    };
    try {
      while (!options.isLeaving() && waiting.length > 0) {
        const run = take();
        if (!run) {
          await Promise.race(going.values());
          continue;
        }
        const ended = end(run);
        going.set(runKey(run), ended); // before anything is awaited: no other lane may think that it has ended
        await ended;
        going.delete(runKey(run));
      }
    } finally {
      if (own) processes.delete(own);
      if (own?.connected === true) own.disconnect(); // it ends by that
    }
  }

  function trainIn(
    process: ChildProcess,
    run: StudyRun,
    { dir, checkpointEvery, trecDepth, hasBaselines, onNotice }: LaneOptions,
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      const end = (outcome: Outcome) => {
        process.off("message", hear).off("exit", lost).off("error", failed);
        resolve(outcome);
      };
      const hear = (message: FromLane) => {
        if (message.type === "notice") onNotice(run, message.message);
        else end(message);
      };
      const lost = (code: number | null, signal: NodeJS.Signals | null) => {
        processes.delete(process);
        end({ type: "failed", why: `its process ended (${signal ?? `code ${code}`})` });
      };
      const failed = ({ message }: Error) => end({ type: "failed", why: `no process for it: ${message}` });
      process.on("message", hear).on("exit", lost).on("error", failed);
      say(process, { type: "run", dir, run, checkpointEvery, baselines: hasBaselines(run), trecDepth });
    });
  }

  const count = Math.min(options.lanes, runs.length);
  return {
    ended: Promise.all(Array.from({ length: count }, lane)).then(() => undefined),
    leave() {
      for (const process of processes) say(process, { type: "leave" });
    },
  };
}

function startProcess(threads: number): ChildProcess {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  return fork(ENTRY, [], {
    execArgv: ["--import", new URL("dist/loader.mjs", tsx).href],
    env: { LAB_THREADS: String(threads), ...process.env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}
