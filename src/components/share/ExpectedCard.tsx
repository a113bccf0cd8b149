// What an opened link is about, until it is trained; then how the run made here compares with the sender's.
import { useMemo } from "react";
import { useStore } from "zustand";
import { compareExpected } from "../../core/record/compareRuns.ts";
import { againWords, DIGEST_WORDS, REPEAT_TITLES, type Verdict } from "../../core/record/repeatWords.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { sameCourse } from "../../core/spec/course.ts";
import type { ExpectedResult } from "../../core/spec/link.ts";
import { draftStore } from "../../state/draftStore.ts";
import { courseOfRun, detailOf, isGoing } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { Notice } from "../controls/Notice.tsx";
import { rankText, scoreText } from "../words/numberText.ts";
import { SharedCard } from "./SharedCard.tsx";

const TONES: Readonly<Record<Verdict, "good" | "warn">> = {
  repeated: "good",
  reproduced: "good",
  different: "warn",
};

export function ExpectedCard() {
  const draft = useStore(draftStore);
  const { expected, spec, parent, stopAt, trajectory, origin } = draft;
  const storage = useStore(runStore, (state) => state.storage);
  const runs = useStore(runStore, (state) => state.runs);
  if (!expected && origin !== "given") return null;
  const course = { spec, parent, stopAt, trajectory };
  const own = runs.filter((one) => !one.misfits && sameCourse(courseOfRun(one), course));
  if (origin === "given" && own.length === 0) {
    // One's own link is no news; whether it is one is known when the stored runs are.
    return storage === "open" ? <SharedCard draft={draft} isAlone={runs.length === 0} /> : null;
  }
  if (!expected || own.some(isGoing)) return null;
  const run = own.find((one) => detailOf(one).record);
  const { record } = detailOf(run);
  if (run && record) return <Compared expected={expected} record={record} name={run.name} />;
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

interface ComparedProps {
  readonly expected: ExpectedResult;
  readonly record: RunRecord;
  readonly name: string; // of the run made here
}

function Compared({ expected, record, name }: ComparedProps) {
  const { verdict, lines } = useMemo(() => compareExpected(expected, record), [expected, record]);
  return (
    <Notice tone={TONES[verdict]} title={REPEAT_TITLES[verdict]}>
      <p>The sender’s result against your run “{name}”:</p>
      <ul className="numbers">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="field-note">
        {againWords(true)} {DIGEST_WORDS}
      </p>
    </Notice>
  );
}
