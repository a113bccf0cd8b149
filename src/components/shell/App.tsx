// The page: header, introduction, form, training bar, results, runs. Owns layout and dialogs, no data.
import { SlidersHorizontal } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { findPreset } from "../../core/spec/presets.ts";
import { changedPaths, draftStore } from "../../state/draftStore.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { runStore } from "../../state/runStore.ts";
import { viewStore } from "../../state/viewStore.ts";
import { ErrorBoundary } from "../controls/ErrorBoundary.tsx";
import { FORM_DRAWER } from "../form/showForm.ts";
import { ExperimentForm } from "./ExperimentForm.tsx";
import { Results } from "../results/Results.tsx";
import { RunList } from "../runs/RunList.tsx";
import { ExpectedCard } from "../share/ExpectedCard.tsx";
import { Header } from "./Header.tsx";
import { HelpDialog } from "./HelpDialog.tsx";
import { Introduction } from "./Introduction.tsx";
import { Notices } from "./Notices.tsx";
import { ShareDialog } from "../share/ShareDialog.tsx";
import { Transport } from "./Transport.tsx";
import { useShortcuts } from "./useShortcuts.ts";
import "./shell.css";

const resetForm = () => draftStore.getState().resetAll();

/** Fetched when it is first shown: the first load is the lab's. */
const DataPage = lazy(async () => ({ default: (await import("../data/DataPage.tsx")).DataPage }));

export function App() {
  const view = useStore(viewStore, (state) => state.view);
  const [dialog, setDialog] = useState<"help" | "share">();
  const showHelp = useCallback(() => setDialog("help"), []);
  const close = useCallback(() => setDialog(undefined), []);
  useShortcuts({ onHelp: showHelp, onSearch: focusTryIt });
  useEffect(() => {
    void runStore.getState().open();
    void datasetStore.getState().refresh();
  }, []);
  return (
    <ErrorBoundary part="The page" onReset={resetForm} resetLabel="Reset the form">
      <a
        className="skipLink"
        href="#results"
        onClick={(event) => {
          event.preventDefault(); // the hash is the experiment's
          document.getElementById("results")?.focus();
        }}
      >
        {view === "lab" ? "Skip to the results" : "Skip to the page"}
      </a>
      <Header onShare={() => setDialog("share")} onHelp={showHelp} />
      {view === "lab" ? (
        <Lab />
      ) : (
        <ErrorBoundary part="The data page">
          <Suspense fallback={<p className="page">Loading …</p>}>
            <DataPage />
          </Suspense>
        </ErrorBoundary>
      )}
      {dialog === "help" && <HelpDialog onClose={close} />}
      {dialog === "share" && <ShareDialog onClose={close} />}
    </ErrorBoundary>
  );
}

function Lab() {
  return (
    <div className="page">
      <Notices />
      <Introduction />
      <div className="columns">
        <aside className="column-form" aria-label="Experiment">
          <h2 className="visuallyHidden">Experiment</h2>
          <ErrorBoundary part="The form" onReset={resetForm} resetLabel="Reset the form">
            <FormDrawer />
          </ErrorBoundary>
        </aside>
        <main id="results" className="column-main" tabIndex={-1}>
          <Transport />
          <ExpectedCard />
          <ErrorBoundary part="The results">
            <Results />
          </ErrorBoundary>
        </main>
        <aside className="column-runs" aria-label="Runs">
          <ErrorBoundary part="The run list">
            <RunList />
          </ErrorBoundary>
        </aside>
      </div>
    </div>
  );
}

/** On a narrow page the form is folded behind one line, so that results are near. */
function FormDrawer() {
  const narrow = useSyncExternalStore(watchWidth, () => window.matchMedia(NARROW).matches);
  const gist = useStore(draftStore, (state) => {
    const changes = changedPaths(state).length;
    const preset = findPreset(state.presetName)?.label ?? state.presetName;
    const label = state.parent ? `Branch at step ${state.parent.step}` : preset;
    return changes === 0 ? label : `${label}, ${changes} changed`;
  });
  if (!narrow) return <ExperimentForm />;
  return (
    <details className="drawer" id={FORM_DRAWER}>
      <summary>
        <SlidersHorizontal aria-hidden size="1.2em" />
        <span>Experiment</span>
        <span className="drawer-gist">{gist}</span>
      </summary>
      <ExperimentForm />
    </details>
  );
}

const NARROW = "(max-width: 859px)"; // as in shell.css

function watchWidth(onChange: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

/** The search box of "Try it", wherever the results have put it. */
function focusTryIt(): void {
  document.getElementById("try-it-query")?.focus();
}
