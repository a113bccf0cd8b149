// What the chosen run says, in words, and the next step as a button. Computes nothing.
import { ArrowRight } from "lucide-react";
import { useStore } from "zustand";
import { isGoing } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { takeStep } from "../../state/takeStep.ts";
import { useShown } from "../charts/shown.ts";
import { Button } from "../controls/Button.tsx";
import { Hint } from "../controls/Hint.tsx";
import { Terms } from "../words/Terms.tsx";
import { useVerdict } from "./useVerdict.ts";
import "./verdict.css";

/** @param how what intervals and colours of the numbers beside it mean */
export function VerdictLine({ how }: { readonly how?: string | undefined }) {
  const { selected: run } = useShown();
  const verdict = useVerdict();
  const training = useStore(runStore, ({ trainingId }) => trainingId !== undefined);
  if (!run || !verdict) return null;
  const { words, awaited, next } = verdict;
  const waits = next?.kind === "train" && training;
  return (
    <div className="verdict" data-ended={!isGoing(run) || undefined}>
      <p className="verdict-words" role="status">
        {words}
      </p>{" "}
      {awaited && <p className="verdict-awaited">{awaited}</p>}
      {!isGoing(run) && (
        <div className="verdict-tools">
          {how && (
            <Hint label="How sure?" className="verdict-how">
              <Terms>{how}</Terms>
            </Hint>
          )}
          {next && (
            <Button
              className="verdict-next"
              icon={ArrowRight}
              inactive={waits}
              title={waits ? "A run is training: this comes after it" : undefined}
              onClick={() => void takeStep(run, next)}
            >
              Next: {next.label}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
