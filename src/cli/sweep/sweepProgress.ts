// What a sweep tells while it goes on: a line for each run, with rate and time left. To stderr only.
import type { Speeds } from "../../core/encoders/encoderInfo.ts";
import { findMetric } from "../../core/metrics/metricTable.ts";
import { fullText } from "../../core/metrics/metricText.ts";
import { duration } from "../../core/run/duration.ts";
import { speedKey } from "../../core/series/measuredSpeeds.ts";
import { runKey, type Study, type StudyRun } from "../../core/study/study.ts";
import type { Outcome } from "./laneMessages.ts";

export interface SweepProgress {
  outcome(run: StudyRun, outcome: Outcome): void;
  /** As measured in this sweep. */
  readonly speeds: Readonly<Record<string, Speeds>>;
  readonly failed: number;
}

/** @param total runs that are to be trained @param note also told with --quiet */
export function createSweepProgress(
  study: Study,
  total: number,
  { say, note }: Record<"say" | "note", (line: string) => void>,
): SweepProgress {
  const beganMs = performance.now();
  let done = 0;
  let failed = 0;
  const speeds: Record<string, Speeds> = {};
  return {
    speeds,
    get failed() {
      return failed;
    },
    outcome(run, outcome) {
      const name = runKey(run);
      if (outcome.type === "left") {
        const kept = outcome.kept ? "it can go on from there" : "no snapshot of it is kept";
        note(`${name}: left after step ${outcome.step}; ${kept}`);
        return;
      }
      done++;
      if (outcome.type === "failed") {
        failed++;
        note(`${name}: failed: ${outcome.why}`);
        return;
      }
      if (outcome.speeds) speeds[speedKey(run.spec)] = outcome.speeds;
      const seconds = (performance.now() - beganMs) / 1000;
      const perMinute = (60 * done) / seconds;
      const left = done < total ? `, ${duration(((total - done) * seconds) / done)} left` : "";
      const primary = findMetric(study.primary)!; // a study's is known
      const found = `${primary.label} ${fullText(primary, outcome.values[study.primary])}`;
      say(`${done}/${total} ${name}  ${found}  ${perMinute.toFixed(1)} runs a minute${left}`);
    },
  };
}
