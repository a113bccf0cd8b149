// What this is, for somebody who opens it for the first time: two sentences and the four kinds of batch.
import { useStore } from "zustand";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { runStore } from "../../state/runStore.ts";
import { Button } from "../controls/Button.tsx";
import { KindList } from "./KindList.tsx";
import "./explain.css";

/** Makes room for the charts as soon as something trains; the help dialog keeps explaining. */
export function Introduction() {
  const hidden = useStore(preferencesStore, (state) => state.introductionHidden);
  const hasTrained = useStore(runStore, (state) => state.weightsId !== undefined);
  if (hidden || hasTrained) return null;
  return (
    <section className="introduction" aria-labelledby="introduction-title">
      <div className="introduction-words">
        <h2 id="introduction-title">How should languages meet in a batch?</h2>
        <p>
          A search engine for many languages learns from batches of questions and answers, and it matters
          which languages meet in one batch. Set the mix, press <strong>Train</strong>, and watch here in your
          browser how well each language is found and how much the engine favours the language of the
          question.
        </p>
        <Button look="quiet" onClick={() => preferencesStore.getState().setIntroductionHidden(true)}>
          Hide this
        </Button>
      </div>
      <KindList />
    </section>
  );
}
