// The four kinds of batch in plain words, the same everywhere on the page. Colours are tokens: var(--kind-<kind>).
import type { BatchKind } from "../../core/spec/batchKind.ts";
import { KIND_NAMES, type KindNames } from "../../core/spec/kindNames.ts";

interface KindWords extends KindNames {
  readonly explanation: string; // one sentence for a newcomer
}

export const KIND_WORDS: Readonly<Record<BatchKind, KindWords>> = {
  mono: {
    ...KIND_NAMES.mono,
    explanation: "Question and answer share one language, and so does the whole batch.",
  },
  cross: {
    ...KIND_NAMES.cross,
    explanation: "Each question is in one language and its answer in another.",
  },
  multi: {
    ...KIND_NAMES.multi,
    explanation: "Each question has right answers in several languages at once.",
  },
  mixedMono: {
    ...KIND_NAMES.mixedMono,
    explanation: "Languages share a batch but never a pair: the control that should do worst.",
  },
};
