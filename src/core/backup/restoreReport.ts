// What restoring a backup came to: counted by kind, and in words. Restores nothing.
import { counted } from "../counted.ts";

/** "there": the same is here already; "copied": something else has its name here, and both are kept. */
export type Outcome = "added" | "there" | "copied";

const KINDS = {
  runs: ["run"],
  studies: ["study", "studies"],
  studyRuns: ["run of a study", "runs of studies"],
  datasets: ["data set"],
  encoders: ["encoder"],
} as const;
export type RestoredKind = keyof typeof KINDS;

export interface RestoreReport {
  readonly counts: Readonly<Record<Outcome, Partial<Record<RestoredKind, number>>>>;
  /** What differs from a plain copy, a sentence each: refused, cut, altered, kept under another name. */
  readonly said: readonly string[];
}

export interface Reporting {
  count(kind: RestoredKind, outcome: Outcome): void;
  say(sentence: string): void;
  report(): RestoreReport;
}

export function createReport(): Reporting {
  const counts: Record<Outcome, Partial<Record<RestoredKind, number>>> = { added: {}, there: {}, copied: {} };
  const said: string[] = [];
  return {
    count: (kind, outcome) => void (counts[outcome][kind] = (counts[outcome][kind] ?? 0) + 1),
    say: (sentence) => void said.push(sentence),
    report: () => ({ counts, said }),
  };
}

/** "12 runs, 1 study"; "nothing" @param counts of one outcome, or of what there is */
export function kindsText(counts: Partial<Record<RestoredKind, number>>): string {
  const parts = (Object.keys(KINDS) as RestoredKind[]).flatMap((kind) => {
    const [one, many] = KINDS[kind] as readonly [string, string?];
    const n = counts[kind] ?? 0;
    return n === 0 ? [] : [counted(n, one, many)];
  });
  return parts.join(", ") || "nothing";
}

/** Sentences in their order: what was added, what was kept beside, what was here already. */
export function reportSentences({ counts: { added, copied, there } }: RestoreReport): string[] {
  const some = (counts: Partial<Record<RestoredKind, number>>) => Object.keys(counts).length > 0;
  return [
    `Added: ${kindsText(added)}.`,
    ...(some(copied) ? [`Kept beside what has their names here: ${kindsText(copied)}.`] : []),
    ...(some(there) ? [`Here already: ${kindsText(there)}.`] : []),
  ];
}
