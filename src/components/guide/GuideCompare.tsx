// Both runs side by side, the verdict on them, and where to go from here.
import { Search } from "lucide-react";
import { guideStore } from "../../state/guideStore.ts";
import { viewStore } from "../../state/viewStore.ts";
import { Button } from "../controls/Button.tsx";
import { VerdictLine } from "../verdict/VerdictLine.tsx";
import { SkipButton } from "./SkipButton.tsx";

export function GuideCompare() {
  const tryIt = () => {
    guideStore.getState().leave();
    viewStore.getState().showStage("try");
  };
  return (
    <>
      <div className="guide-words">
        <h2 id="guide-title">Two mixes, everything else the same</h2>
        <VerdictLine />
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
