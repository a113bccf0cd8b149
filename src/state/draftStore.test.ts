// The draft keeps good values, reads links once, and writes them throttled without losing what it does not know.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ofKinds } from "../core/spec/batchKind.ts";
import { decodeLink, encodeLink } from "../core/spec/link.ts";
import { findPreset } from "../core/spec/presets.ts";
import { changedPaths, createDraftStore, draftLink, LINK_DELAY_MS, ONE_CHANGE_MS } from "./draftStore.ts";
import { contradictionOf } from "../core/spec/course.ts";
import { BRANCH_FIELDS } from "../core/spec/lineage.ts";
import { equalSpecs } from "../core/spec/specChecks.ts";

const EXPECT = "expect=0123456789abcdef,wasm,0.5000,0.2500,0.1250,40.00";

function draftAt(hash: string, isReturn = false) {
  let current = hash;
  let listener = () => {};
  const replaced: string[] = [];
  const address = {
    read: () => current,
    replace: (next: string) => void replaced.push((current = next)),
    onChange: (told: () => void) => void (listener = told),
  };
  const store = createDraftStore(address, isReturn);
  const navigate = (next: string) => {
    current = next;
    listener();
  };
  return { store, get: () => store.getState(), replaced, navigate };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("draftStore", () => {
  it("takes a branch and where a run was stopped from a link, and holds the sender's result against just that", () => {
    const hybrid = findPreset("hybrid")!;
    const { expected } = decodeLink(`#v=2&${EXPECT}`);
    const parent = { spec: findPreset("mono")!.spec, step: 100, digest: "0123456789abcdef" };
    const link = encodeLink(hybrid.spec, hybrid, { expected: expected!, parent, stopAt: 150 });
    const { get, replaced } = draftAt(link);
    expect(get()).toMatchObject({ problems: [], expected, parent: { step: 100 }, stopAt: 150 });
    expect(draftLink(get())).toBe(link);
    get().setField("seed", 7); // no branch has another seed: that is its contradiction
    expect(get()).toMatchObject({ expected: undefined, stopAt: undefined, parent: { step: 100 } });
    expect(contradictionOf(get())).toBe(
      `seed: a branch keeps its parent’s ${parent.spec.seed}, got 7; it may change ${BRANCH_FIELDS.join(", ")}`,
    );
    vi.advanceTimersByTime(2 * LINK_DELAY_MS);
    expect(decodeLink(replaced.at(-1)!)).toMatchObject({ parent: { step: 100 }, problems: [] });
    get().leaveBranch();
    expect(get().parent).toBeUndefined();
    expect(contradictionOf(get())).toBeUndefined();
  });

  it("resets the fields of a branch to its parent's, and counts what differs from that", () => {
    const { get } = draftAt("");
    const spec = findPreset("mono")!.spec;
    get().loadSpec(spec, "hybrid", { parent: { spec, step: 5, digest: "" }, parentId: "r1" });
    expect(changedPaths(get())).toEqual([]);
    get().setField("steps", 777);
    get().setField("optimizer.learningRate", 0.5);
    expect(changedPaths(get())).toEqual(["optimizer.learningRate", "steps"]);
    get().resetField("steps");
    expect(get().spec.steps).toBe(spec.steps);
    get().setBranchStep(9);
    expect(get().parent).toMatchObject({ step: 9, digest: "" });
    vi.advanceTimersByTime(2 * LINK_DELAY_MS);
    expect(decodeLink(draftLink(get())).parent).toEqual(get().parent);
    get().choosePreset("mono");
    expect(get()).toMatchObject({ parent: undefined, parentId: undefined });
  });

  it("starts at the default preset without a link", () => {
    const { get } = draftAt("");
    expect(get()).toMatchObject({ presetName: "quickstart", problems: [], unknown: {} });
    expect(get().spec).toEqual(findPreset("quickstart")!.spec);
    expect(changedPaths(get())).toEqual([]);
  });

  it("takes a link's good values, names the bad ones and keeps unknown keys", () => {
    const { get, replaced } = draftAt("#v=2&preset=mono&batch=32&steps=0&later=1");
    expect(get().spec.batch).toMatchObject({ size: 32, ratio: { mono: 1 } });
    expect(get().spec.steps).toBe(1); // clamped to its lower bound
    expect(get().problems.map((p) => [p.path, p.outcome])).toEqual([
      ["steps", "clamped"],
      ["later", "unknown"],
    ]);
    expect(get().unknown).toEqual({ later: "1" });
    vi.advanceTimersByTime(10 * LINK_DELAY_MS);
    expect(replaced).toEqual([]); // opening writes nothing: the sender's text stays in the address bar
  });

  it("keeps the last good value and says the bound", () => {
    const { store, get } = draftAt("");
    get().setField("batch.size", 100);
    get().setField("batch.size", 5000);
    expect(get().spec.batch.size).toBe(100);
    expect(get().fieldProblems["batch.size"]).toBe(
      "Batch size must be from 2 to 1024, got 5000; 100 is kept",
    );
    get().setField("batch.size", 2.5);
    expect(get().fieldProblems["batch.size"]).toMatch(/a whole number from 2 to 1024, got 2.5; 100 is kept/);
    get().setField("batch.size", 50);
    expect(get().spec.batch.size).toBe(50);
    expect(get().fieldProblems).toEqual({});
    store.getState().setField("languages.train", {});
    expect(Object.keys(get().spec.languages.train)).toHaveLength(9);
    expect(get().fieldProblems["languages.train"]).toMatch(/one to 200 language codes/);
  });

  it("writes the link at once, then once per delay, with unknown keys and without history", () => {
    const { get, replaced } = draftAt("later=1");
    for (const size of [10, 20, 30]) get().setField("batch.size", size);
    const link = (size: number) => `v=10&preset=quickstart&batch=${size}&later=1`;
    expect(replaced).toEqual([link(10)]); // a reload now keeps it
    vi.advanceTimersByTime(LINK_DELAY_MS);
    expect(replaced).toEqual([link(10), link(30)]);
    expect(decodeLink(replaced[1]!).spec).toEqual(get().spec);
    vi.advanceTimersByTime(10 * LINK_DELAY_MS);
    expect(replaced).toHaveLength(2);
    get().setField("batch.size", 40);
    expect(replaced.at(-1)).toBe(link(40));
  });

  it("follows a link opened in the same page, and drops a pending write", () => {
    const { get, replaced, navigate } = draftAt("");
    get().setField("batch.size", 10);
    get().setField("batch.size", 20); // waits
    navigate("#preset=cross&seed=7");
    vi.advanceTimersByTime(10 * LINK_DELAY_MS);
    expect(get()).toMatchObject({ presetName: "cross", spec: { ...findPreset("cross")!.spec, seed: 7 } });
    expect(replaced).toEqual(["v=10&preset=quickstart&batch=10"]);
  });

  it("knows a link that was given from its own after a reload, from none, and from what was edited since", () => {
    const given = "#v=4&preset=cross";
    const origins = [draftAt(""), draftAt("#"), draftAt(given), draftAt(given, true), draftAt("", true)].map(
      ({ get }) => get().origin,
    );
    expect(origins).toEqual(["none", "none", "given", "own", "none"]);
    const { get, navigate } = draftAt(given, true);
    const openAgain = () => {
      navigate(given);
      expect(get().origin).toBe("given");
    };
    for (const edit of [
      () => get().setField("seed", 7),
      () => get().choosePreset("mono"),
      () => get().resetAll(),
      () => get().loadSpec(findPreset("mono")!.spec, "mono"),
      () => get().adopt(),
    ]) {
      openAgain();
      edit();
      expect(get().origin, String(edit)).toBe("own");
    }
  });

  it("carries the sender's result until the spec changes", () => {
    const { get } = draftAt(EXPECT);
    expect(get().expected).toMatchObject({ backend: "wasm", map: { mono: 0.5, cross: 0.25, multi: 0.125 } });
    get().setField("seed", get().spec.seed); // no change
    expect(draftLink(get())).toContain(EXPECT);
    get().setField("seed", 2);
    expect(get().expected).toBeUndefined();
    expect(draftLink(get())).toBe("v=10&preset=quickstart&seed=2");
  });

  it("takes from a preset what that owns, and leaves the rest until all is reset", () => {
    const { get } = draftAt("v=10&preset=quickstart&encoder=random&lr=0.1&seed=7&schedule=cosine");
    get().choosePreset("mono"); // a mix is a ratio that stays
    expect(get().spec).toMatchObject({
      batch: { ratio: { mono: 1, cross: 0 }, schedule: "constant" },
      encoder: { id: "random" },
      optimizer: { learningRate: 0.1 },
      steps: 150, // the quick start's own, which no mix speaks of
      seed: 7,
    });
    expect(changedPaths(get())).toEqual([
      "encoder.id",
      "optimizer.learningRate",
      "steps",
      "evalEvery",
      "seed",
    ]);
    expect(decodeLink(draftLink(get())).spec).toEqual(get().spec);
    get().setField("steps", 50);
    get().choosePreset("hybrid");
    expect(get().spec).toMatchObject({ batch: { ratio: { mono: 0.5, cross: 0.5 } }, steps: 50, seed: 7 });
    get().choosePreset("quickstart"); // owns its length, too
    expect(get().spec).toMatchObject({ steps: 150, evalEvery: 25, seed: 7 });
    get().resetAll();
    expect(get().spec).toEqual(findPreset("quickstart")!.spec);
    expect(changedPaths(get())).toEqual([]);
  });

  it("resets a field to its preset, not to the default", () => {
    const { get } = draftAt("preset=mono&seed=3");
    get().setField("batch.ratio", ofKinds({ cross: 1 }));
    expect(changedPaths(get())).toEqual(["batch.ratio", "seed"]);
    get().resetField("batch.ratio");
    expect(get().spec.batch.ratio.mono).toBe(1);
    expect(changedPaths(get())).toEqual(["seed"]);
  });

  it("says in one sentence why a spec cannot be trained", () => {
    const { get } = draftAt("");
    expect(contradictionOf(get())).toBeUndefined();
    get().setField("languages.train", { en: 1 });
    expect(contradictionOf(get())).toMatch(/cross-lingual batches need 2 languages/);
  });

  it("takes languages in another order for the same experiment", () => {
    const { get } = draftAt("");
    const before = get().spec;
    get().setField("languages.heldOut", ["vi", "el"]);
    expect(equalSpecs(before, get().spec)).toBe(true);
    get().setField("languages.heldOut", ["vi"]);
    expect(equalSpecs(before, get().spec)).toBe(false);
  });
});

describe("undoing", () => {
  const words = (get: ReturnType<typeof draftAt>["get"]) => [
    get().past.map(({ what }) => what),
    get().future.map(({ what }) => what),
  ];

  it("takes back each kind of change, newest first, and makes it again", () => {
    const { get } = draftAt("");
    const changes: readonly (() => void)[] = [
      () => get().setField("batch.size", 64),
      () => get().choosePreset("mono"),
      () => get().setFields({ "languages.train": { en: 1 }, "languages.heldOut": [] }, "languages: none"),
      () => get().resetField("batch.size"),
      () => get().setFields({ steps: 7, seed: 3 }),
      () =>
        get().loadSpec(findPreset("cross")!.spec, "cross", {
          parent: { spec: get().spec, step: 5, digest: "" },
        }),
      () => get().leaveBranch(),
      () => get().openLink("preset=multi&seed=9"),
      () => get().resetAll(),
    ];
    const links = [draftLink(get())];
    for (const change of changes) {
      change();
      links.push(draftLink(get()));
    }
    expect(words(get)).toEqual([
      [
        "Batch size",
        "preset Monolingual",
        "languages: none",
        "Batch size reset",
        "Steps and 1 more",
        "branch of a run",
        "leaving the branch",
        "opened link",
        "all as in Multilingual",
      ],
      [],
    ]);
    for (const link of links.slice(0, -1).reverse()) {
      get().undo();
      expect(draftLink(get())).toBe(link);
    }
    get().undo(); // nothing is left
    expect(draftLink(get())).toBe(links[0]);
    for (const link of links.slice(1)) {
      get().redo();
      expect(draftLink(get())).toBe(link);
    }
    expect(words(get)[1]).toEqual([]);
  });

  it("takes a drag or a typed number back whole, but not two changes with a pause between them", () => {
    const { get } = draftAt("");
    for (const steps of [6, 60, 600]) get().setField("steps", steps);
    vi.advanceTimersByTime(ONE_CHANGE_MS);
    get().setField("steps", 601);
    get().setField("seed", 2); // at once, but another field
    expect(words(get)[0]).toEqual(["Steps", "Steps", "Seed"]);
    get().undo();
    get().undo();
    expect(get().spec.steps).toBe(600);
    get().undo();
    expect(get().spec.steps).toBe(150);
  });

  it("is of changes only, and a new one forgets what was undone", () => {
    const { get, replaced } = draftAt("seed=5");
    get().setField("seed", 5); // as it is
    get().setField("batch.size", 5000); // refused
    expect(words(get)).toEqual([[], []]);
    get().setField("seed", 6);
    get().undo();
    expect(get().fieldProblems).toEqual({});
    vi.advanceTimersByTime(2 * LINK_DELAY_MS);
    expect(replaced.at(-1)).toBe("v=10&preset=quickstart&seed=5"); // the address follows
    get().setField("steps", 9);
    expect(words(get)).toEqual([["Steps"], []]);
  });

  it("of a branch brings its parent back", () => {
    const { get } = draftAt("");
    const parent = { spec: findPreset("mono")!.spec, step: 5, digest: "" };
    get().loadSpec(parent.spec, "mono", { parent, parentId: "r1" });
    get().leaveBranch();
    get().undo();
    expect(get()).toMatchObject({ parent: { step: 5 }, parentId: "r1" });
  });
});
