// The four kinds of batch in plain words, the same everywhere on the page. Colours are tokens: var(--kind-<kind>).
import type { BatchKind } from "../../core/spec/batchKind.ts";

interface KindWords {
  readonly short: string; // in legends and boxes
  readonly label: string;
  readonly explanation: string; // one sentence for a newcomer
}

export const KIND_WORDS: Readonly<Record<BatchKind, KindWords>> = {
  mono: {
    short: "Mono",
    label: "Monolingual",
    explanation: "Question and answer share one language, and so does the whole batch.",
  },
  cross: {
    short: "Cross",
    label: "Cross-lingual",
    explanation: "Each question is in one language and its answer in another.",
  },
  multi: {
    short: "Multi",
    label: "Multilingual",
    explanation: "Each question has right answers in several languages at once.",
  },
  mixedMono: {
    short: "Mixed",
    label: "Mixed monolingual",
    explanation: "Languages share a batch but never a pair: the control that should do worst.",
  },
};
