// The guide follows runs whoever starts them, remembers that it is over, and lets a link come first.
import { createStore } from "zustand/vanilla";
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { testRecord } from "../testing/testRecord.ts";
import { createDraftStore } from "./draftStore.ts";
import { createGuideStore } from "./guideStore.ts";
import { createPreferencesStore } from "./preferencesStore.ts";
import { NO_POINTS } from "../core/record/pointColumns.ts";
import { newRun, type Run } from "./run/run.ts";
import type { RunsState } from "./runs/runsState.ts";
import { createViewStore } from "./viewStore.ts";

function firstVisit({ link = "", hidden = false } = {}) {
  let openLink = () => {};
  let address = link;
  const preferences = createPreferencesStore(undefined);
  preferences.getState().setIntroductionHidden(hidden);
  const draft = createDraftStore({
    read: () => address,
    replace: () => {},
    onChange: (told) => void (openLink = told),
  });
  const none = () => "";
  const view = createViewStore({ read: none, query: none, onChange: () => {}, replaceQuery: () => {} });
  const runs = createStore<RunsState>()(
    (set, get) =>
      ({
        runs: [],
        overlaidIds: [],
        unreadable: [],
        storage: "opening",
        overlay: (id: string) => set({ overlaidIds: [...get().overlaidIds, id] }),
      }) as Partial<RunsState> as RunsState, // the guide asks for no more
  );
  const store = createGuideStore({ preferences, draft, runs, view });
  const run = (id: string): Run =>
    newRun({ id, name: id, colour: 0, createdAt: 0, presetName: "hybrid", spec: DEFAULT_SPEC });
  return {
    at: () => store.getState().guide.at,
    isHidden: () => preferences.getState().introductionHidden,
    store,
    view,
    runs,
    opened: (...stored: string[]) => runs.setState({ storage: "open", runs: stored.map(run) }),
    start: (id: string) => runs.setState({ latestId: id, runs: [run(id), ...runs.getState().runs] }),
    end(id: string) {
      const detail = { state: "loaded", points: NO_POINTS, record: testRecord } as const;
      const ended = (one: Run): Run => (one.id === id ? { ...one, status: "finished", detail } : one);
      runs.setState({ runs: runs.getState().runs.map(ended) });
    },
    open(next: string) {
      address = next;
      openLink();
    },
  };
}

describe("the first visit", () => {
  it("is known once storage has no run, and leads to Compare with both runs drawn", () => {
    const visit = firstVisit();
    expect(visit.at()).toBe("unknown");
    visit.opened();
    visit.store.getState().guess("th");
    visit.start("a");
    expect([visit.at(), visit.isHidden()]).toEqual(["first", false]);
    visit.end("a");
    expect([visit.at(), visit.isHidden()]).toEqual(["answer", true]);
    visit.start("b");
    expect([visit.at(), visit.runs.getState().overlaidIds]).toEqual(["second", ["a"]]);
    expect(visit.view.getState().stage).toBe("watch");
    visit.end("b");
    expect([visit.at(), visit.view.getState().stage]).toEqual(["compare", "compare"]);
  });

  it("is none with stored runs, with a link, or where it was left before", () => {
    const visits = [firstVisit(), firstVisit({ link: "#v=4&preset=mono" }), firstVisit({ hidden: true })];
    visits[0]!.opened("old");
    for (const one of visits.slice(1)) one.opened();
    expect(visits.map(({ at }) => at())).toEqual(["off", "off", "off"]);
  });

  it("gives way to a link that is opened meanwhile, and comes back when it is asked for", () => {
    const visit = firstVisit();
    visit.opened();
    visit.open("#v=4&preset=mono");
    expect([visit.at(), visit.isHidden()]).toEqual(["off", false]);
    visit.store.getState().begin();
    expect(visit.at()).toBe("welcome");
    visit.store.getState().leave();
    expect([visit.at(), visit.isHidden()]).toEqual(["off", true]);
  });

  it("ends where its run is deleted", () => {
    const visit = firstVisit();
    visit.opened();
    visit.start("a");
    visit.end("a");
    visit.runs.setState({ runs: [] });
    expect(visit.at()).toBe("off");
  });
});
