// Both runs side by side, what to read of them, and where to go from here.
import { Search } from "lucide-react";
import { useStore } from "zustand";
import { guideStore } from "../../state/guideStore.ts";
import type { Run } from "../../state/run/run.ts";
import { runStore } from "../../state/runStore.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { scoreText } from "../words/numberText.ts";
import { SkipButton } from "./SkipButton.tsx";

interface GuideCompareProps {
  readonly firstId: string;
  readonly secondId: string;
}

export function GuideCompare({ firstId, secondId }: GuideCompareProps) {
  const runs = useStore(runStore, (state) => state.runs);
  const [first, second] = [firstId, secondId].map((id) => runs.find((run) => run.id === id));
  if (!first || !second) return null;
  const tryIt = () => {
    guideStore.getState().leave();
    viewStore.getState().showStage("try");
  };
  return (
    <>
      <div className="guide-words">
        <h2 id="guide-title">Two mixes, everything else the same</h2>
        <p>
          Answers in other languages (Cr mAP): {endOf(first)}, {endOf(second)}. One seed each, so take it for
          a look, not for a proof.
        </p>
        <div className="guide-acts">
          <Button look="primary" icon={Search} onClick={tryIt}>
            Ask it a question
          </Button>
        </div>
      </div>
      <SkipButton small />
    </>
  );
}

function endOf({ name, summary }: Run): string {
  const now = summary["map/cross"]?.now;
  return `${now === undefined ? "–" : scoreText(now)} with ${name}`;
}
