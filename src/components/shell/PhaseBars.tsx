// One bar with text per phase of a run. Keeps its size whatever the phases say, so that nothing jumps.
import type { Run } from "../../state/run/run.ts";
import { describePhase, PHASES } from "./phaseText.ts";

export function PhaseBars({ progress, going }: { progress: Run["progress"]; going: boolean }) {
  const latest = Math.max(0, ...Object.values(progress).map(({ updatedAt }) => updatedAt));
  return (
    <dl className="phases">
      {PHASES.map(({ phase, label }) => {
        const now = progress[phase];
        const text = now && describePhase(now);
        const state = !text ? "waiting" : text.done ? "done" : going ? "busy" : "halted";
        const share = text?.share ?? (text ? 1 : 0);
        return (
          <div
            key={phase}
            className={`phase phase-${state}`}
            data-latest={(now && now.updatedAt === latest) || undefined}
            data-unknown={(text && text.share === undefined && !text.done && going) || undefined}
          >
            <dt>{label}</dt>
            <dd>
              <span
                className="phase-bar"
                role="progressbar"
                aria-label={label}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={text?.share === undefined ? undefined : Math.round(text.share * 100)}
                aria-valuetext={text ? `${text.amount}. ${text.pace}` : "not begun"}
              >
                <span style={{ scale: `${share} 1` }} />
              </span>
              <span className="phase-text numbers">{text?.amount ?? "–"}</span>
              <span className="phase-text phase-pace numbers">{text?.pace}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
