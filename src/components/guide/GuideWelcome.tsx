// The first thing a newcomer sees: a question, one sentence, one picture, one button.
import { ArrowRight } from "lucide-react";
import { guideStore } from "../../state/guideStore.ts";
import { Button } from "../controls/Button.tsx";
import { KindsPicture } from "./KindsPicture.tsx";
import { SkipButton } from "./SkipButton.tsx";

export function GuideWelcome() {
  return (
    <>
      <h2 id="guide-title">Which languages should meet in a batch?</h2>
      <p className="opening-lead">
        A search engine for many languages learns from small batches of questions and answers, and who meets
        in a batch decides what it learns.
      </p>
      <KindsPicture />
      <div className="opening-acts">
        <Button look="primary" icon={ArrowRight} onClick={() => guideStore.getState().ask()}>
          Make a guess, then train
        </Button>
        <SkipButton />
      </div>
    </>
  );
}
