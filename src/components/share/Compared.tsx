// How a run made here compares with the result that came with a link: the verdict, part by part, and what differs first.
import { useMemo } from "react";
import { compareExpected } from "../../core/record/compareLink.ts";
import type { Part } from "../../core/record/parts.ts";
import {
  againWords,
  DIGEST_WORDS,
  LINK_DIGEST_WORDS,
  REPEAT_MEANINGS,
  REPEAT_TITLES,
  type Verdict,
} from "../../core/record/repeatWords.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { ExpectedResult } from "../../core/spec/link.ts";
import { Notice } from "../controls/Notice.tsx";
import "./share.css";

const TONES: Readonly<Record<Verdict, "good" | "warn">> = {
  repeated: "good",
  reproduced: "good",
  different: "warn",
};

const PART_NAMES: Readonly<Record<Part, string>> = { plan: "Plan", losses: "Losses", metrics: "Metrics" };

interface ComparedProps {
  readonly expected: ExpectedResult;
  readonly record: RunRecord;
  readonly name: string; // of the run made here
}

export function Compared({ expected, record, name }: ComparedProps) {
  const { verdict, parts, lines } = useMemo(() => compareExpected(expected, record), [expected, record]);
  const isSaid = (line: string) => parts.length > 0 && line === REPEAT_MEANINGS.repeated; // by title and parts
  return (
    <Notice tone={TONES[verdict]} title={REPEAT_TITLES[verdict]}>
      <p>The sender’s result against your run “{name}”:</p>
      {parts.length > 0 && (
        <dl className="shared-parts">
          {parts.map(({ part, verdict: own, what }) => (
            <div key={part}>
              <dt>{PART_NAMES[part]}</dt>
              <dd className="numbers">
                <b>{own}</b>: {what}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ul className="numbers">
        {lines
          .filter((line) => !isSaid(line))
          .map((line) => (
            <li key={line}>{line}</li>
          ))}
      </ul>
      <details className="field-note">
        <summary>What this proves</summary>
        {againWords(true)} {DIGEST_WORDS} {expected.made && LINK_DIGEST_WORDS}
      </details>
    </Notice>
  );
}
