// Preferences are hostile until parsed, and the page works without storage.
import { describe, expect, it } from "vitest";
import { createPreferencesStore, parsePreferences, PREFERENCES_VERSION } from "./preferencesStore.ts";
import type { TextStorage } from "./browserStorage.ts";
import { TABLE_AT_FIRST } from "./tableChoices.ts";

const DEFAULTS = {
  theme: "system",
  bigText: false,
  folded: {},
  introductionHidden: false,
  runsWidth: 288,
  runsTable: TABLE_AT_FIRST,
  hub: "",
  snapshotSeconds: 30,
};

function memoryStorage(initial: string | null = null) {
  let text = initial;
  const storage: TextStorage = { getItem: () => text, setItem: (_key, next) => void (text = next) };
  return { storage, read: () => text };
}

describe("preferences", () => {
  it("leaves everything senseless at its default", () => {
    const bad = [null, "", "{", "[]", "7", '"dark"', '{"version":2,"theme":"dark"}'];
    for (const text of bad) expect(parsePreferences(text), String(text)).toEqual(DEFAULTS);
    const mixed = {
      version: PREFERENCES_VERSION,
      theme: "pink",
      bigText: "yes",
      folded: { a: true, b: "yes" },
      introductionHidden: 1,
      runsWidth: "wide",
      hub: 7,
      snapshotSeconds: -1,
    };
    expect(parsePreferences(JSON.stringify(mixed))).toEqual({ ...DEFAULTS, folded: { a: true } });
  });

  it("comes back after a reload", () => {
    const { storage, read } = memoryStorage();
    const store = createPreferencesStore(storage);
    store.getState().setTheme("dark");
    store.getState().setBigText(true);
    store.getState().setFolded("loss", true);
    store.getState().setIntroductionHidden(true);
    store.getState().setRunsWidth(420.4);
    store.getState().setSnapshotSeconds(120);
    store.getState().setHub("https://mirror.example");
    expect(JSON.parse(read()!)).toMatchObject({ version: PREFERENCES_VERSION });
    expect(createPreferencesStore(storage).getState()).toMatchObject({
      theme: "dark",
      bigText: true,
      folded: { loss: true },
      introductionHidden: true,
      runsWidth: 420,
      hub: "https://mirror.example",
      snapshotSeconds: 120,
    });
  });

  it("keeps the runs neither too narrow to read nor so wide that nothing is beside them", () => {
    const store = createPreferencesStore(undefined);
    const widths = [-5, 239, 300, 641, Infinity].map((width) => {
      store.getState().setRunsWidth(width);
      return store.getState().runsWidth;
    });
    expect(widths).toEqual([240, 240, 300, 640, 640]);
    expect(parsePreferences('{"version":1,"runsWidth":9999}').runsWidth).toBe(640);
  });

  it("remembers the table of runs, and takes from what was kept only what can be meant", () => {
    const { storage } = memoryStorage();
    const store = createPreferencesStore(storage);
    store.getState().setRunsTable({ columns: ["name", "seed"], group: "batch.ratio" });
    store.getState().setRunsTable({ sort: [{ id: "seed", desc: false }] });
    expect(createPreferencesStore(storage).getState().runsTable).toEqual({
      columns: ["name", "seed"],
      sort: [{ id: "seed", desc: false }],
      group: "batch.ratio",
    });
    const kept = (runsTable: unknown) =>
      parsePreferences(JSON.stringify({ version: PREFERENCES_VERSION, runsTable })).runsTable;
    for (const senseless of [7, null, {}, { columns: [1], sort: {}, group: 3 }])
      expect(kept(senseless)).toEqual(TABLE_AT_FIRST);
    const sort = [{ id: "seed", desc: true }, { id: 3, desc: true }, null];
    expect(kept({ columns: ["seed", 3, "seed"], sort, group: "steps" })).toEqual({
      columns: ["seed"],
      sort: [{ id: "seed", desc: true }],
      group: "steps",
    });
  });

  it("works without storage and with one that refuses", () => {
    const refuse = () => {
      throw new Error("denied");
    };
    for (const storage of [undefined, { getItem: refuse, setItem: refuse }]) {
      const store = createPreferencesStore(storage);
      store.getState().setTheme("light");
      expect(store.getState().theme).toBe("light");
    }
  });
});
