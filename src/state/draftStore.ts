// The experiment being edited, and its link in the address bar. Never starts a run.
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Problem } from "../core/spec/field.ts";
import { checkValue } from "../core/spec/checkValue.ts";
import { formatValue } from "../core/spec/fieldText.ts";
import { SPEC_PATHS } from "../core/spec/fields.ts";
import { decodeLink, encodeLink, type DecodedLink, type ExpectedResult } from "../core/spec/link.ts";
import { DEFAULT_PRESET, findPreset, type Preset } from "../core/spec/presets.ts";
import { equalAt } from "../core/spec/specChecks.ts";
import { browserAddress, type Address } from "./linkAddress.ts";
import { readPath, withPath, type ExperimentSpec, type SpecPath } from "../core/spec/spec.ts";

export interface DraftState {
  readonly spec: ExperimentSpec;
  readonly presetName: string; // what the link and the reset dots compare with
  readonly problems: readonly Problem[]; // of the opened link, until dismissed
  readonly unknown: Readonly<Record<string, string>>; // keys of the link that this lab does not know
  readonly fieldProblems: Readonly<Partial<Record<SpecPath, string>>>; // of the last edit of each field
  readonly expected?: ExpectedResult | undefined; // the sender's result, until the spec is changed

  /** Takes the value if it is within bounds; otherwise the last good one stays and the field gets a sentence. */
  setField(path: SpecPath, value: unknown): void;
  /** Several fields at once, each by the rules of `setField`. */
  setFields(values: Readonly<Partial<Record<SpecPath, unknown>>>): void;
  resetField(path: SpecPath): void;
  choosePreset(name: string): void;
  /** Takes over a whole spec, e.g. of an earlier run. An unknown preset name becomes the default one. */
  loadSpec(spec: ExperimentSpec, presetName: string): void;
  openLink(link: string): void;
  dismissProblems(): void;
}

export const LINK_DELAY_MS = 500; // browsers refuse more than about 100 history changes in 30 s

export function createDraftStore(address: Address): StoreApi<DraftState> {
  const presetOf = (name: string): Preset => findPreset(name) ?? DEFAULT_PRESET;
  const opened = (link: string) => {
    const decoded = decodeLink(link);
    const { spec, preset, unknown } = decoded;
    const other = trainsOtherwise(decoded);
    return {
      spec,
      presetName: preset.name,
      problems: [...(other ? [other] : []), ...decoded.problems],
      unknown,
      expected: other ? undefined : decoded.expected,
      fieldProblems: {},
    };
  };

  const store = createStore<DraftState>()((set, get) => ({
    ...opened(address.read()),
    setField: (path, value) => get().setFields({ [path]: value }),
    setFields(values) {
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
      const same = SPEC_PATHS.every((path) => equalAt(path, spec, get().spec));
      set(same ? { fieldProblems } : { spec, fieldProblems, expected: undefined });
    },
    resetField: (path) => get().setField(path, readPath(presetOf(get().presetName).spec, path)),
    choosePreset(name) {
      const preset = presetOf(name);
      set({ spec: preset.spec, presetName: preset.name, fieldProblems: {}, expected: undefined });
    },
    loadSpec(spec, presetName) {
      set({ spec, presetName: presetOf(presetName).name, fieldProblems: {}, expected: undefined });
    },
    openLink: (link) => set(opened(link)),
    dismissProblems: () => set({ problems: [] }),
  }));

  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    address.replace(draftLink(store.getState()));
  };
  store.subscribe((state, before) => {
    // A link that was only opened stays as it was sent: values that could not be read are still in it.
    const edited = state.spec !== before.spec && state.problems === before.problems;
    const chosen = state.presetName !== before.presetName && state.problems === before.problems;
    if ((edited || chosen) && timer === undefined) timer = setTimeout(write, LINK_DELAY_MS);
  });
  address.onChange(() => {
    clearTimeout(timer);
    timer = undefined;
    store.getState().openLink(address.read());
  });
  return store;
}

/** The hash of a link to the draft as it stands, without "#". */
export function draftLink({ spec, presetName, unknown, expected }: DraftState): string {
  return encodeLink(spec, findPreset(presetName) ?? DEFAULT_PRESET, {
    unknown,
    ...(expected && { expected }),
  });
}

/** Paths whose value differs from the draft's preset. */
export function changedPaths({ spec, presetName }: Pick<DraftState, "spec" | "presetName">): SpecPath[] {
  const preset = findPreset(presetName) ?? DEFAULT_PRESET;
  return SPEC_PATHS.filter((path) => !equalAt(path, spec, preset.spec));
}

/** What the page cannot do again yet: its numbers would be held against a run that was trained otherwise. */
function trainsOtherwise({ parent, stopAt, spec }: DecodedLink): Problem | undefined {
  const how =
    "which gives other numbers than the sender’s; “npm run lab -- replay” with this link gives those again";
  if (parent) {
    const message = `this link is of a branch, a run that went on from another one: the page trains its settings from step 0, ${how}`;
    return { path: "from", outcome: "refused", message };
  }
  if (stopAt === undefined) return undefined;
  const message = `the sender stopped this run at step ${stopAt} of ${spec.steps}: the page trains all of them, ${how}`;
  return { path: "stop", outcome: "refused", message };
}

/** A link clamps, a form keeps: the sentence must say which value now holds. */
function keptSentence({ message }: Problem, kept: string): string {
  return `${message.replace(/; \S+ is used$/, "")}; ${kept.length > 40 ? "the last choice" : kept} is kept`;
}

export const draftStore = createDraftStore(browserAddress());
