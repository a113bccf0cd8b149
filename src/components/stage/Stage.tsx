// The middle of the lab: tabs for its views, and below them the chosen one. Knows no figure by name.
import { useStore } from "zustand";
import { Suspense, type ReactNode } from "react";
import { STAGE_VIEWS, viewStore } from "../../state/viewStore.ts";
import { ErrorBoundary } from "../controls/ErrorBoundary.tsx";
import { tabId } from "../controls/tabId.ts";
import { Tabs } from "../controls/Tabs.tsx";
import { PrintedFacts } from "../results/PrintedFacts.tsx";
import { RunHeading } from "../results/RunHeading.tsx";
import { ShownProvider } from "./ShownProvider.tsx";
import { StageTile } from "./StageTile.tsx";
import { VIEWS, type Tile } from "./views.tsx";
import "../results/results.css";
import "./stage.css";

const OPTIONS = STAGE_VIEWS.map((value) => ({ value, label: VIEWS[value].label }));
const PANEL = "stage-view";

/** @param children what the page says before any result, in the same window */
export function Stage({ children }: { readonly children?: ReactNode }) {
  const view = useStore(viewStore, (state) => state.stage);
  const { first, more = [], noHeading } = VIEWS[view];
  return (
    <div className="stage">
      <div className="stage-head">
        <Tabs
          label="Views"
          value={view}
          options={OPTIONS}
          panelId={PANEL}
          onChange={viewStore.getState().showStage}
        />
      </div>
      {/* A new view begins at its top. */}
      <div key={view} className="stage-scroll" id={PANEL} role="tabpanel" aria-labelledby={tabId(view)}>
        <ErrorBoundary part="The stage">
          <ShownProvider>
            <div className="stage-screen">
              {children}
              <ErrorBoundary part="The results">
                {!noHeading && <RunHeading />}
                <Grid tiles={first} view={view} />
              </ErrorBoundary>
            </div>
            <ErrorBoundary part="The figures below">{more.length > 0 && <Grid tiles={more} />}</ErrorBoundary>
            <PrintedFacts />
          </ShownProvider>
        </ErrorBoundary>
      </div>
    </div>
  );
}

/** @param view whose window the tiles fill; none: at their own heights */
function Grid({ tiles, view }: { readonly tiles: readonly Tile[]; readonly view?: string }) {
  return (
    <div className="stageGrid" data-fills={view}>
      {tiles.map(({ id, part, wide }) => (
        <StageTile key={id} wide={wide}>
          <Suspense fallback={<p>Loading …</p>}>{part}</Suspense>
        </StageTile>
      ))}
    </div>
  );
}
