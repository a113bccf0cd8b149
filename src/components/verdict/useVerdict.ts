// Gathers what is known of the chosen run and of the other mixes of its experiment for its verdict. Words are core/verdict's.
import { useEffect, useMemo } from "react";
import { sameTest } from "../../core/record/sameTest.ts";
import { seededRun, type SeededRun } from "../../core/series/seedGroups.ts";
import { awaitedWords } from "../../core/verdict/awaited.ts";
import type { Evidence } from "../../core/verdict/evidence.ts";
import { neighboursOf } from "../../core/verdict/mixes.ts";
import type { NextStep } from "../../core/verdict/nextStep.ts";
import { verdictOf } from "../../core/verdict/verdict.ts";
import { detailOf, isGoing, parentOf, type Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { useShown } from "../charts/shown.ts";
import { useDifferences } from "../uncertainty/useStats.ts";

interface Member extends SeededRun {
  readonly id: string;
}

/** Ended by an evaluation of everything, and its numbers fit each other. */
function memberOf(run: Run): Member[] {
  const seeded = run.misfits ? undefined : seededRun(run);
  return seeded && run.summary["map/multi"]?.step === run.step ? [{ ...seeded, id: run.id }] : [];
}

/** Why a run has no verdict; undefined where it has one. */
function whyNone(run: Run): string | undefined {
  if (run.misfits) return "This record does not fit itself: no verdict.";
  if (run.status === "paused") return "Paused: the verdict comes at the end.";
  if (isGoing(run)) {
    const all = run.spec.data.liveQueries > 0 ? ", from all questions" : "";
    return `Training: the verdict comes at the end${all}.`;
  }
  const { state } = run.detail;
  if (state === "unreadable" || (state === "loaded" && !detailOf(run).record))
    return "This run ended before its last evaluation: no verdict.";
  return undefined;
}

interface SaidVerdict {
  readonly words: string;
  readonly awaited?: string; // what it will be about, while it is not there
  readonly next?: NextStep<Member> | undefined;
}

/** @returns undefined where no run is chosen */
export function useVerdict(): SaidVerdict | undefined {
  const { selected: run, runs: shown, comparable } = useShown();
  const { members, own, neighbours } = useMemo(() => {
    const [own] = run ? memberOf(run) : [];
    const members = [...(own ? [own] : []), ...comparable.flatMap(memberOf)];
    return { members, own, neighbours: own ? neighboursOf(own, members) : [] };
  }, [run, comparable]);
  const nearest = neighbours.map(({ nearest: { id } }) => comparable.find((one) => one.id === id)!);

  const unread = nearest.flatMap(({ id, detail }) => (detail.state === "stored" ? [id] : [])).join(" ");
  useEffect(() => {
    for (const id of unread.split(" ").filter(Boolean)) void runStore.getState().loadDetail(id);
  }, [unread]);

  const { record, queryValues, startValues } = detailOf(run);
  const changes = useDifferences(queryValues, startValues);
  const valuesOf = (other: Run | undefined) => {
    const { record: theirs, queryValues: values } = detailOf(other);
    return record && theirs && sameTest(record, theirs) ? values : undefined;
  };
  // After what is said of the run itself: its own intervals come first.
  const ready = changes === undefined && startValues ? undefined : queryValues;
  const differences = [
    useDifferences(ready, valuesOf(nearest[0])),
    useDifferences(ready, valuesOf(nearest[1])),
    useDifferences(ready, valuesOf(nearest[2])),
  ];

  if (!run) return undefined;
  const none = whyNone(run);
  if (none !== undefined)
    return {
      words: none,
      ...(isGoing(run) && { awaited: awaitedWords(run.spec, run.parent !== undefined) }),
    };
  if (run.detail.state === "stored") return { words: "Reading the record of this run …" };
  if (!own || run.detail.state !== "loaded") return { words: "" };
  const evidence: Evidence<Member> = {
    run: own,
    parent: parentOf(run),
    stopped: run.status === "stopped",
    step: run.step,
    runs: members,
    neighbours,
    isBeside: ({ id }) => shown.some((one) => one.id === id),
    changes: queryValues && startValues ? (changes ?? "pending") : "notKept",
    minus: ({ id }) => {
      const at = nearest.findIndex((one) => one.id === id);
      const found = differences[at];
      const isPending = valuesOf(nearest[at]) !== undefined && found === undefined;
      if (isPending || nearest[at]?.detail.state === "stored") return "pending";
      return found === "unpaired" ? undefined : found;
    },
  };
  const { sentences, next } = verdictOf(evidence);
  return { words: sentences.join(" "), next };
}
