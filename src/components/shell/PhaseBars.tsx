// One bar with text per phase of a run. Keeps its size whatever the phases say, so that nothing jumps.
import type { CSSProperties } from "react";
import type { RunPhases } from "../../state/run/run.ts";
import { describePhase, PHASES } from "./phaseText.ts";

export function PhaseBars({ progress, going }: { progress: RunPhases; going: boolean }) {
  const shown = PHASES.filter(({ phase, ofSome }) => !ofSome || progress[phase]).map(({ phase, label }) => {
    const now = progress[phase];
    return { label, updatedAt: now?.updatedAt ?? 0, text: now && describePhase(now) };
  });
  // What one message brought has one time: of these the later phase is the news.
  const latest = shown.reduce((a, b) => (b.updatedAt >= a.updatedAt ? b : a));
  return (
    <div className="phases-frame">
      <dl className="phases" style={{ "--phases": shown.length } as CSSProperties}>
        {shown.map(({ label, text }) => {
          const state = !text ? "waiting" : text.done ? "done" : going ? "busy" : "halted";
          return (
            <div
              key={label}
              className={`phase phase-${state}`}
              data-unknown={(state === "busy" && text?.share === undefined) || undefined}
            >
              <dt>{label}</dt>
              <dd className="phase-amount numbers">{text?.amount}</dd>
              <dd className="phase-line">
                <span
                  className="phase-bar"
                  role="progressbar"
                  aria-label={label}
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-valuenow={text?.share === undefined ? undefined : Math.round(text.share * 100)}
                  aria-valuetext={text ? `${text.amount}. ${text.pace}` : "not begun"}
                >
                  <span style={{ scale: `${text ? (text.share ?? 1) : 0} 1` }} />
                </span>
              </dd>
              <dd className="phase-pace numbers">{text?.pace}</dd>
            </div>
          );
        })}
      </dl>
      {/* Where the bars are too narrow for words: those of the phase that moved last. */}
      <p className="phases-latest numbers" aria-hidden>
        {latest.text && [latest.label, latest.text.amount, latest.text.pace].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}
