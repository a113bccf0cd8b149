// The lab: recipe, stage and runs side by side where there is room, else one at a time behind tabs.
import { FlaskConical, ListChecks, SlidersHorizontal } from "lucide-react";
import { type CSSProperties, type FocusEvent } from "react";
import { useStore } from "zustand";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { viewStore, type Pane as PaneName } from "../../state/viewStore.ts";
import { resetForm } from "../form/resetForm.ts";
import { Guide } from "../guide/Guide.tsx";
import { ErrorBoundary } from "../controls/ErrorBoundary.tsx";
import { Tabs } from "../controls/Tabs.tsx";
import { ImportRuns } from "../runs/ImportRuns.tsx";
import { RunList } from "../runs/RunList.tsx";
import { ExpectedCard } from "../share/ExpectedCard.tsx";
import { Stage } from "../stage/Stage.tsx";
import { BrowserNotice } from "./BrowserNotice.tsx";
import { ExperimentForm } from "./ExperimentForm.tsx";
import { Notices } from "./Notices.tsx";
import { Pane } from "./Pane.tsx";
import { RunsDivider } from "./RunsDivider.tsx";
import { useBench } from "../controls/useBench.ts";
import "./bench.css";
import "./explain.css";

const TABS = [
  { value: "recipe", label: "Recipe", icon: SlidersHorizontal },
  { value: "stage", label: "Stage", icon: FlaskConical },
  { value: "runs", label: "Runs", icon: ListChecks },
] as const;

const PANEL_IDS: Readonly<Record<PaneName, string>> = {
  recipe: "pane-recipe",
  stage: "results",
  runs: "pane-runs",
};

export function Bench() {
  const wide = useBench();
  const pane = useStore(viewStore, (state) => state.pane);
  const runsWidth = useStore(preferencesStore, (state) => state.runsWidth);
  const hidden = (one: PaneName) => !wide && pane !== one;
  const part = (one: PaneName) => ({
    hidden: hidden(one),
    /** A dialog's focus comes up from the pane that opened it: should the page become narrow, this is the pane it shows. */
    onFocus(event: FocusEvent) {
      if (event.target.closest("dialog")) viewStore.getState().showPane(one);
    },
  });
  return (
    <div className="bench" style={{ "--runs": `${runsWidth / 16}rem` } as CSSProperties}>
      {!wide && (
        <nav className="bench-tabs" aria-label="Parts of the lab">
          <Tabs
            label="Parts of the lab"
            value={pane}
            options={TABS}
            panelId={PANEL_IDS[pane]}
            onChange={(next) => {
              viewStore.getState().showPane(next);
              window.scrollTo({ top: 0 });
            }}
          />
        </nav>
      )}
      <Pane id="recipe" title="Recipe" side="left" foldable={wide} {...part("recipe")}>
        <ErrorBoundary part="The form" onReset={resetForm} resetLabel="Reset the form">
          <ExperimentForm />
        </ErrorBoundary>
      </Pane>
      <main id="results" className="bench-stage" tabIndex={-1} {...part("stage")}>
        {!hidden("stage") && (
          <Stage>
            <Notices />
            <BrowserNotice />
            <Guide />
            <ExpectedCard />
          </Stage>
        )}
      </main>
      <Pane
        id="runs"
        title="Runs"
        side="right"
        foldable={wide}
        {...part("runs")}
        tools={<ImportRuns />}
        edge={<RunsDivider />}
      >
        <ErrorBoundary part="The run list">
          <RunList />
        </ErrorBoundary>
      </Pane>
    </div>
  );
}
