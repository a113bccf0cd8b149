// What the four kinds of batch are called, on the page and in every sentence.
import type { BatchKind } from "./batchKind.ts";

export interface KindNames {
  readonly short: string; // in legends and boxes; beside a share in small letters
  readonly label: string;
}

export const KIND_NAMES: Readonly<Record<BatchKind, KindNames>> = {
  mono: { short: "Mono", label: "Monolingual" },
  cross: { short: "Cross", label: "Cross-lingual" },
  multi: { short: "Multi", label: "Multilingual" },
  mixedMono: { short: "Mixed", label: "Mixed monolingual" },
};
