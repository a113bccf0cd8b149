// How far a phase is, in words: share, amount, rate and time left. Pure; the clock is in the numbers.
import { duration } from "../../core/run/duration.ts";
import type { Phase } from "../../core/run/progress.ts";
import type { PhaseProgress, RunPhases } from "../../state/run/run.ts";
import { countText, megabytesText, rateText } from "../words/numberText.ts";

const PHASES: readonly { readonly phase: Phase; readonly label: string }[] = [
  { phase: "encoder", label: "Encoder" },
  { phase: "download", label: "Download" },
  { phase: "tokenise", label: "Tokenise" },
  { phase: "compile", label: "Compile" },
  { phase: "teacher", label: "Teacher" },
  { phase: "parent", label: "Parent" }, // of branches
  { phase: "train", label: "Train" },
  { phase: "encode", label: "Encode" },
  { phase: "evaluate", label: "Evaluate" },
];

export interface PhaseText {
  readonly share: number | undefined; // [0, 1]; undefined where the total is not known yet
  readonly done: boolean;
  readonly amount: string; // "120 of 200 steps"
  readonly pace: string; // "16 s left, 5.1 steps/s"; empty when there is nothing to say
}

export interface PhaseAtWork {
  readonly label: string;
  readonly text: PhaseText;
  readonly words: readonly string[]; // beside the state of the run, which says the step itself
}

/** The last of the phases that are begun and not finished: one evaluation comes before and between steps of training. */
export function phaseAtWork(phases: RunPhases): PhaseAtWork | undefined {
  const found = PHASES.findLast(({ phase }) => phases[phase] && !describePhase(phases[phase]).done);
  if (!found) return undefined;
  const { phase, label } = found;
  const text = describePhase(phases[phase]!);
  return { label, text, words: phase === "train" ? [text.pace] : [label, text.amount, text.pace] };
}

/** rate = (done - startedDone) / (updatedAt - startedAt); time left = (total - done) / rate */
export function describePhase(progress: PhaseProgress): PhaseText {
  const { done, total, unit, startedAt, startedDone, updatedAt } = progress;
  const finished = total > 0 && done >= total;
  const seconds = (updatedAt - startedAt) / 1000;
  const rate = seconds > 0 ? (done - startedDone) / seconds : 0;
  const pace: string[] = [];
  // The first moments of a phase say nothing about its pace.
  if (!finished && seconds >= 0.5 && rate > 0) {
    if (total > 0) pace.push(`${duration((total - done) / rate)} left`);
    pace.push(unit === "bytes" ? `${megabytesText(rate)} MB/s` : `${rateText(rate)} ${unit}/s`);
  }
  return {
    share: total > 0 ? Math.min(1, done / total) : undefined,
    done: finished,
    amount: amountOf(done, total, unit),
    pace: pace.join(", "),
  };
}

function amountOf(done: number, total: number, unit: PhaseProgress["unit"]): string {
  if (unit === "bytes")
    return total > 0 ? `${megabytesText(done)} of ${megabytesText(total)} MB` : `${megabytesText(done)} MB`;
  return total > 0 ? `${countText(done)} of ${countText(total)} ${unit}` : `${countText(done)} ${unit}`;
}
