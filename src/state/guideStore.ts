// The guide of the first visit: follows the runs, brings the comparison to the stage, and is remembered when it is over.
import { createStore, type StoreApi } from "zustand/vanilla";
import { draftStore, type DraftState } from "./draftStore.ts";
import { awaitedRuns, nextGuide, type Guide, type GuideEvent } from "./guideSteps.ts";
import { preferencesStore, type PreferencesState } from "./preferencesStore.ts";
import { detailOf, isGoing } from "./run/run.ts";
import type { RunsState } from "./runs/runsState.ts";
import { runStore } from "./runStore.ts";
import { startDraft } from "./startDraft.ts";
import { viewStore, type ViewState } from "./viewStore.ts";

export interface GuideState {
  readonly guide: Guide;
  ask(): void;
  guess(language: string): void;
  /** Never again by itself. */
  leave(): void;
  begin(): void;
}

interface Deps {
  readonly preferences: StoreApi<PreferencesState>;
  readonly draft: StoreApi<DraftState>;
  readonly runs: StoreApi<RunsState>;
  readonly view: StoreApi<ViewState>;
}

export function createGuideStore({ preferences, draft, runs, view }: Deps): StoreApi<GuideState> {
  const remember = () => preferences.getState().setIntroductionHidden(true);
  const send = (event: GuideEvent) => {
    const before = store.getState().guide;
    const guide = nextGuide(before, event);
    if (guide === before) return;
    store.setState({ guide });
    if (guide.at === before.at) return;
    if (guide.at === "answer") remember(); // whoever reloads now finds a run of their own
    if (guide.at === "second") runs.getState().overlay(guide.firstId);
    if (guide.at === "compare") view.getState().showStage("compare");
  };
  const mayBeNew = () => !preferences.getState().introductionHidden && draft.getState().origin === "none";
  const store = createStore<GuideState>()(() => ({
    guide: { at: mayBeNew() ? "unknown" : "off" },
    ask: () => send({ type: "ask" }),
    guess: (language) => send({ type: "guess", language }),
    leave() {
      remember();
      send({ type: "leave" });
    },
    begin: () => send({ type: "begin" }),
  }));

  const follow = (now: RunsState, before: RunsState) => {
    if (store.getState().guide.at === "off") return;
    if (now.latestId !== undefined && now.latestId !== before.latestId)
      send({ type: "started", runId: now.latestId });
    for (const runId of awaitedRuns(store.getState().guide)) {
      const run = now.runs.find(({ id }) => id === runId);
      if (!run) send({ type: "gone", runId });
      else if (!isGoing(run)) send({ type: "ended", runId, measured: detailOf(run).record !== undefined });
    }
    if (now.storage === "open") {
      const isNew = mayBeNew() && now.runs.length === 0 && now.unreadable.length === 0;
      send({ type: "known", isNew });
    }
  };
  runs.subscribe(follow);
  draft.subscribe(({ origin }) => {
    if (origin === "given") send({ type: "leave" }); // what the link says comes first
  });
  return store;
}

export const guideStore = createGuideStore({
  preferences: preferencesStore,
  draft: draftStore,
  runs: runStore,
  view: viewStore,
});

/** The form's settings, with every batch in one language. */
export function trainMonolingual(): void {
  draftStore.getState().choosePreset("mono");
  void startDraft();
}
