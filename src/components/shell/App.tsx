// The page: header with the training bar, below it the lab or its data; and the dialogs. Owns no data.
import { Suspense, useCallback, useEffect, useState } from "react";
import { useStore } from "zustand";
import { datasetStore } from "../../state/datasetStore.ts";
import { takeGpuOffer } from "../../state/gpuOffer.ts";
import { keepPace } from "../../state/measurePace.ts";
import { whenQuiet } from "../../state/offline/quiet.ts";
import { runStore } from "../../state/runStore.ts";
import { viewStore } from "../../state/viewStore.ts";
import { ErrorBoundary } from "../controls/ErrorBoundary.tsx";
import { lazyExtra, lazyPart } from "../controls/lazyPart.tsx";
import { loadExport } from "../export/loadExport.ts";
import { resetForm } from "../form/resetForm.ts";
import { goOnWithStudies } from "../study/goOnWithStudies.ts";
import { UndoToast } from "../runs/UndoToast.tsx";
import { loadAddDialog } from "../addData/loadAddDialog.ts";
import { LATER_PARTS } from "../stage/views.tsx";
import { Bench } from "./Bench.tsx";
import { Header } from "./Header.tsx";
import { PageTitle } from "./PageTitle.tsx";
import { useShortcuts } from "./useShortcuts.ts";
import "./shell.css";
import "../print.css";
import "../touch.css";

const loadHelp = () => import("./HelpDialog.tsx");
const loadShare = () => import("../share/ShareDialog.tsx");
const UpdateToast = lazyExtra(async () => (await import("./UpdateToast.tsx")).UpdateToast);
const HelpDialog = lazyPart(async () => (await loadHelp()).HelpDialog);
const ShareDialog = lazyPart(async () => (await loadShare()).ShareDialog);
/** What is no part of the first load is here before the network may be gone. */
const FETCH_DIALOGS_MS = 3000;

/** Fetched when it is first shown: the first load is the lab's. */
const DataPage = lazyPart(async () => (await import("../data/DataPage.tsx")).DataPage);

export function App() {
  const view = useStore(viewStore, (state) => state.view);
  const [dialog, setDialog] = useState<"help" | "share">();
  const showHelp = useCallback(() => setDialog("help"), []);
  const [settled, setSettled] = useState(false);
  const close = useCallback(() => setDialog(undefined), []);
  useShortcuts({ onHelp: showHelp, onSearch: focusTryIt });
  useEffect(() => {
    void runStore
      .getState()
      .open()
      .then(goOnWithStudies)
      .catch(() => undefined); // the view Study says so
    void datasetStore.getState().refresh();
    void takeGpuOffer();
    void keepPace(whenQuiet);
    const timer = setTimeout(() => {
      setSettled(true);
      void whenQuiet().then(() => {
        for (const load of [loadHelp, loadShare, loadExport, loadAddDialog, ...LATER_PARTS])
          load().catch(() => undefined); // told when it is opened
      });
    }, FETCH_DIALOGS_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <ErrorBoundary part="The page" onReset={resetForm} resetLabel="Reset the form">
      <a
        className="skipLink"
        href="#results"
        onClick={(event) => {
          event.preventDefault(); // the hash is the experiment's
          viewStore.getState().showPane("stage");
          requestAnimationFrame(() => document.getElementById("results")?.focus()); // once it is shown
        }}
      >
        {view === "lab" ? "Skip to the results" : "Skip to the page"}
      </a>
      <PageTitle />
      <Header onShare={() => setDialog("share")} onHelp={showHelp} />
      {view === "lab" ? (
        <Bench />
      ) : (
        <ErrorBoundary part="The data page">
          <Suspense fallback={<p className="page">Loading …</p>}>
            <DataPage />
          </Suspense>
        </ErrorBoundary>
      )}
      <UndoToast />
      <Suspense>{settled && <UpdateToast />}</Suspense>
      <Suspense>
        {dialog === "help" && <HelpDialog onClose={close} />}
        {dialog === "share" && <ShareDialog onClose={close} />}
      </Suspense>
    </ErrorBoundary>
  );
}

/** The search box of "Try it", on its view. */
function focusTryIt(): void {
  viewStore.getState().showStage("try");
  seekBox(SEEK_FRAMES);
}

/** It is drawn in a later frame, after its fetch if need be; whoever waits for ten seconds has gone elsewhere. */
const SEEK_FRAMES = 600;

function seekBox(frames: number): void {
  requestAnimationFrame(() => {
    const box = document.getElementById("try-it-query");
    if (box) box.focus();
    else if (frames > 0) seekBox(frames - 1);
  });
}
