// What an opened link is about, until it is trained; then how the run made here compares with the sender's.
import { Suspense } from "react";
import { useStore } from "zustand";
import { sameCourse } from "../../core/spec/course.ts";
import { draftStore } from "../../state/draftStore.ts";
import { courseOfRun, detailOf, isGoing } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { lazyPart } from "../controls/lazyPart.tsx";
import { Notice } from "../controls/Notice.tsx";
import { rankText, scoreText } from "../words/numberText.ts";

/** Fetched with a link that was given. */
const SharedCard = lazyPart(async () => (await import("./SharedCard.tsx")).SharedCard);
/** Fetched when there is something to compare. */
const Compared = lazyPart(async () => (await import("./Compared.tsx")).Compared);

/** @param keepsRuns left out: the page does. An embed does not: whoever reads it knows what it shows but for a result */
export function ExpectedCard({ keepsRuns = true }: { readonly keepsRuns?: boolean }) {
  const draft = useStore(draftStore);
  const { expected, spec, parent, stopAt, trajectory, origin } = draft;
  const storage = useStore(runStore, (state) => state.storage);
  const runs = useStore(runStore, (state) => state.runs);
  if (!expected && (origin !== "given" || !keepsRuns)) return null;
  const course = { spec, parent, stopAt, trajectory };
  const own = runs.filter((one) => !one.misfits && sameCourse(courseOfRun(one), course));
  if (origin === "given" && own.length === 0) {
    // One's own link is no news; whether it is one is known when the stored runs are.
    const wait = <div className="opening-wait" />; // no charts that vanish at once
    if (keepsRuns && storage !== "open") return wait;
    return (
      <Suspense fallback={runs.length === 0 && wait}>
        <SharedCard draft={draft} isAlone={runs.length === 0} />
      </Suspense>
    );
  }
  if (!expected || own.some(isGoing)) return null;
  const run = own.find((one) => detailOf(one).record);
  const { record } = detailOf(run);
  if (run && record)
    return (
      <Suspense>
        <Compared expected={expected} record={record} name={run.name} />
      </Suspense>
    );
  const { map, rankDistance, backend } = expected;
  return (
    <Notice tone="info" title="This link carries a result to check">
      <p className="numbers">
        The sender’s run on {backend} ended at mAP Mo {scoreText(map.mono)}, Cr {scoreText(map.cross)}, Mul{" "}
        {scoreText(map.multi)}, rank distance {rankText(rankDistance)}. Train without changing the form, and
        yours is compared with it.
      </p>
    </Notice>
  );
}
