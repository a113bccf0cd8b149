// The experiment being edited, and its link in the address bar. Never starts a run.
import { createStore, type StoreApi } from "zustand/vanilla";
import { counted } from "../core/counted.ts";
import type { Problem } from "../core/spec/field.ts";
import { checkValue } from "../core/spec/checkValue.ts";
import { formatValue } from "../core/spec/fieldText.ts";
import { formWords } from "../core/spec/formWords.ts";
import { fieldAt, SPEC_PATHS } from "../core/spec/fields.ts";
import type { Course } from "../core/spec/course.ts";
import { decodeLink, encodeLink, type ExpectedResult } from "../core/spec/link.ts";
import type { Parent } from "../core/spec/lineage.ts";
import { DEFAULT_PRESET, findPreset, formLabel, withPreset, type Preset } from "../core/spec/presets.ts";
import { equalAt } from "../core/spec/specChecks.ts";
import { NO_HISTORY, redone, undone, withChange, type History } from "./draftHistory.ts";
import { browserAddress, type Address } from "./linkAddress.ts";
import { readPath, withPath, type ExperimentSpec, type SpecPath } from "../core/spec/spec.ts";

/** What the address said: nothing, what this page had written there itself, or a link that somebody gave. */
export type LinkOrigin = "none" | "own" | "given";

/** What a change of the form changes, and undoing it brings back. */
export type DraftForm = Pick<
  DraftState,
  "spec" | "origin" | "presetName" | "parent" | "parentId" | "stopAt" | "trajectory" | "expected" | "unknown"
>;

/** Fields of a branch may be edited like all others; what it may not change is its contradiction. */
export interface DraftState extends Course, History<DraftForm> {
  readonly origin: LinkOrigin; // "own" as soon as the spec is changed
  readonly parentId?: string | undefined; // of a branch: the run of this browser that it leaves
  readonly presetName: string; // what the link and the reset dots compare with
  readonly problems: readonly Problem[]; // of the opened link, until dismissed
  readonly unknown: Readonly<Record<string, string>>; // keys of the link that this lab does not know
  readonly fieldProblems: Readonly<Partial<Record<SpecPath, string>>>; // of the last edit of each field
  readonly expected?: ExpectedResult | undefined; // the sender's result, until the spec is changed, as are `stopAt` and `trajectory`

  /** Takes the value if it is within bounds; otherwise the last good one stays and the field gets a sentence. */
  setField(path: SpecPath, value: unknown): void;
  /** Several fields at once, each by the rules of `setField`. @param what of the change, to undo it by; left out: the fields' labels */
  setFields(values: Readonly<Partial<Record<SpecPath, unknown>>>, what?: string): void;
  resetField(path: SpecPath): void;
  /** Sets what the preset owns and leaves all other fields as they are. */
  choosePreset(name: string): void;
  /** The length of a preset, and nothing else of it; where both are one mix in two lengths, its name too. */
  chooseLength(name: string): void;
  /** Every field as the preset has it. */
  resetAll(): void;
  /** Takes over a whole spec, e.g. of an earlier run. An unknown preset name becomes the default one. */
  loadSpec(spec: ExperimentSpec, presetName: string, branch?: DraftBranch): void;
  /** Another step at which the branch leaves its parent. */
  setBranchStep(step: number): void;
  /** The same fields as a run of their own, from step 0. */
  leaveBranch(): void;
  /** Not stopped where the sender's run was. */
  trainToEnd(): void;
  /** Not driven as the sender's run was by hand. */
  leaveDrive(): void;
  openLink(link: string): void;
  /** What was given is one's own now; all of it stays. */
  adopt(): void;
  dismissProblems(): void;
  /** The form as it was before the last change; without one nothing happens. */
  undo(): void;
  redo(): void;
}

/** No branch, nothing that ends early, no result to be held against. */
const WHOLE = {
  origin: "own",
  parent: undefined,
  parentId: undefined,
  stopAt: undefined,
  trajectory: undefined,
  expected: undefined,
} as const;

/** What a change of the spec leaves of a link: neither its result nor what was decided on the way. */
const ASKED_ANEW = { origin: "own", stopAt: undefined, trajectory: undefined, expected: undefined } as const;

export interface DraftBranch {
  readonly parent?: Parent | undefined;
  readonly parentId?: string | undefined;
}

export const LINK_DELAY_MS = 500; // browsers refuse more than about 100 history changes in 30 s

/** Changes of one field with less than this between them are one to undo: a drag, a number being typed. */
export const ONE_CHANGE_MS = 1000;

/** @param isReturn the page is shown again: what stands in its address has been seen */
export function createDraftStore(
  address: Address,
  isReturn = false,
  nowMs: () => number = () => Date.now(),
): StoreApi<DraftState> {
  const presetOf = (name: string): Preset => findPreset(name) ?? DEFAULT_PRESET;
  const opened = (link: string, origin: LinkOrigin = "given") => {
    const { spec, preset, unknown, problems, expected, parent, stopAt, trajectory } = decodeLink(link);
    return {
      ...WHOLE,
      origin: link.includes("=") ? origin : "none",
      spec,
      presetName: preset.name,
      problems,
      unknown,
      expected,
      parent,
      stopAt,
      trajectory,
      fieldProblems: {},
    };
  };

  let last = { what: "", atMs: -Infinity };
  const store = createStore<DraftState>()((set, get) => {
    /** A change that can be undone. @param merges with the one before, of the same words and a moment ago */
    const change = (what: string, part: Partial<DraftState>, merges = false) => {
      const now = { what, atMs: nowMs() };
      const goesOn = merges && what === last.what && now.atMs - last.atMs < ONE_CHANGE_MS;
      last = now;
      set({ ...part, ...withChange(get(), what, formOf(get()), goesOn) });
    };
    const move = (to: ReturnType<typeof undone<DraftForm>>) => {
      if (!to) return;
      const { form, ...history } = to;
      last = { what: "", atMs: -Infinity };
      set({ problems: [] }); // of a link that is on the form no more
      set({ ...form, ...history, fieldProblems: {} });
    };
    return {
      ...opened(address.read(), isReturn ? "own" : "given"),
      ...NO_HISTORY,
      setField: (path, value) => get().setFields({ [path]: value }),
      setFields(values, what) {
        let { spec } = get();
        const fieldProblems = { ...get().fieldProblems };
        for (const [path, value] of Object.entries(values) as [SpecPath, unknown][]) {
          const checked = checkValue(path, value);
          if (checked.problem) {
            fieldProblems[path] = keptSentence(checked.problem, formatValue(path, readPath(spec, path)));
          } else if ("value" in checked) {
            delete fieldProblems[path];
            spec = withPath(spec, path, checked.value);
          }
        }
        const changed = SPEC_PATHS.filter((path) => !equalAt(path, spec, get().spec));
        if (changed.length === 0) set({ fieldProblems });
        else {
          change(what ?? labelsOf(changed), { ...ASKED_ANEW, spec, fieldProblems }, what === undefined);
        }
      },
      resetField: (path) =>
        get().setFields({ [path]: readPath(baseSpec(get()), path) }, `${fieldAt(path).label} reset`),
      choosePreset(name) {
        const preset = presetOf(name);
        const spec = withPreset(get().spec, preset);
        change(`preset ${formLabel(preset.name)}`, {
          ...WHOLE,
          spec,
          presetName: preset.name,
          fieldProblems: {},
        });
      },
      chooseLength(name) {
        const { steps, evalEvery } = presetOf(name).spec;
        const spec = { ...get().spec, steps, evalEvery };
        const family = ({ name, lengthOf = name }: Preset) => lengthOf;
        const isOne = family(presetOf(name)) === family(presetOf(get().presetName));
        const presetName = isOne ? name : get().presetName;
        change(`length: ${counted(steps, "step")}`, {
          ...ASKED_ANEW,
          spec,
          presetName,
        });
      },
      resetAll() {
        const preset = presetOf(get().presetName);
        change(`all as in ${formLabel(preset.name)}`, { ...WHOLE, spec: preset.spec, fieldProblems: {} });
      },
      loadSpec(spec, presetName, branch) {
        const now = { ...WHOLE, spec, presetName: presetOf(presetName).name, fieldProblems: {}, ...branch };
        change(branch?.parent ? "branch of a run" : "settings of a run", now);
      },
      setBranchStep(step) {
        const { parent } = get();
        const now = { expected: undefined, stopAt: undefined, trajectory: undefined };
        if (parent) change("step of the branch", { ...now, parent: { ...parent, step, digest: "" } }, true);
      },
      leaveBranch: () => change("leaving the branch", WHOLE),
      trainToEnd: () => change("training to the end", { stopAt: undefined, expected: undefined }),
      leaveDrive: () => change("the mix as it was set", { trajectory: undefined, expected: undefined }),
      openLink: (link) => change("opened link", opened(link)),
      adopt: () => set({ origin: "own" }),
      dismissProblems: () => set({ problems: [] }),
      undo: () => move(undone(get(), formOf(get()))),
      redo: () => move(redone(get(), formOf(get()))),
    };
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWaiting = false; // an edit that came while the timer ran
  const write = () => {
    isWaiting = false;
    address.replace(draftLink(store.getState()));
    timer = setTimeout(() => (isWaiting ? write() : rest()), LINK_DELAY_MS);
  };
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
    isWaiting = false;
  };
  store.subscribe((state, before) => {
    // A link that was only opened stays as it was sent: values that could not be read are still in it.
    const edited = state.spec !== before.spec && state.problems === before.problems;
    const chosen = state.presetName !== before.presetName && state.problems === before.problems;
    const moved =
      (state.parent !== before.parent ||
        state.stopAt !== before.stopAt ||
        state.trajectory !== before.trajectory) &&
      state.problems === before.problems;
    if (!edited && !chosen && !moved) return;
    if (timer === undefined)
      write(); // at once: the page may be reloaded next
    else isWaiting = true;
  });
  address.onChange(() => {
    rest();
    store.getState().openLink(address.read());
  });
  return store;
}

function formOf(state: DraftState): DraftForm {
  const { spec, origin, presetName, parent, parentId, stopAt, trajectory, expected, unknown } = state;
  return { spec, origin, presetName, parent, parentId, stopAt, trajectory, expected, unknown };
}

/** "Steps", "Training languages and 2 more" */
function labelsOf([first, ...others]: readonly SpecPath[]): string {
  const label = first ? fieldAt(first).label : "";
  return others.length === 0 ? label : `${label} and ${others.length} more`;
}

/** The hash of a link to the draft as it stands, without "#". */
export function draftLink(draft: DraftState): string {
  const { spec, presetName, unknown, expected, parent, stopAt, trajectory } = draft;
  return encodeLink(spec, findPreset(presetName) ?? DEFAULT_PRESET, {
    unknown,
    ...(parent && { parent }),
    ...(stopAt !== undefined && { stopAt }),
    ...(trajectory && { trajectory }),
    ...(expected && { expected }),
  });
}

/** What a field is reset to: the preset's value, or that of the run which a branch leaves. */
export function baseSpec({ presetName, parent }: Pick<DraftState, "presetName" | "parent">): ExperimentSpec {
  return parent?.spec ?? (findPreset(presetName) ?? DEFAULT_PRESET).spec;
}

/** Paths whose value differs from the draft's preset, of a branch from its parent's. */
export function changedPaths(draft: Pick<DraftState, "spec" | "presetName" | "parent">): SpecPath[] {
  const base = baseSpec(draft);
  return SPEC_PATHS.filter((path) => !equalAt(path, draft.spec, base));
}

/** A link clamps, a form keeps: the sentence must say which value now holds. */
function keptSentence({ message }: Problem, kept: string): string {
  return `${formWords(message).replace(/; \S+ is used$/, "")}; ${kept.length > 40 ? "the last choice" : kept} is kept`;
}

/** Of a reload, and of going back to the page. */
function isReturn(): boolean {
  if (typeof window === "undefined") return false;
  const [visit] = performance.getEntriesByType("navigation");
  return visit instanceof PerformanceNavigationTiming && /^(reload|back_forward)$/.test(visit.type);
}

export const draftStore = createDraftStore(browserAddress(), isReturn());
