// What each kind of batch is: one row a kind, from which its name, words, colour, drawing, rows of the plan and part in links,
// records and forms follow (docs/howto/batch-kind.md). A data table; draws no batch.
import type { Age } from "../age.ts";

/** In which languages a question may be answered; core/plan/answerLaw.ts draws them. */
export type Answers = "own" | "another" | "several";

export interface KindFacts {
  /** The first age that had the kind: an older record lacks it, and digests pass it over where a run does not use it. */
  readonly since: Age;
  readonly label: string;
  readonly short: string; // in legends and boxes; beside a share in small letters
  readonly explanation: string; // one sentence for a newcomer
  readonly task: string; // what the model must do in such a batch
  readonly drawing: readonly string[]; // of each of three rows the language of the question, then of its answers
  readonly colour: readonly [light: string, dark: string]; // --kind-<kind> of theme.css
  readonly asks: "one" | "any"; // the batch holds one language; or each row asks in any of the batch's
  readonly answers: Answers;
  readonly measure: string; // the metric that tells how well the kind's own task is done
}

/** METHOD 1. Their order is that of shares in links and of the draw, so a new kind comes last. */
export const KIND_FACTS = {
  mono: {
    since: 1,
    label: "Monolingual",
    short: "Mono",
    explanation: "Question and answer share one language, and so does the whole batch.",
    task: "Find the right answer among answers in the question’s own language: only the meaning tells them apart.",
    drawing: ["AA", "AA", "AA"],
    colour: ["#2367c4", "#6ea8ff"],
    asks: "one",
    answers: "own",
    measure: "map/mono",
  },
  cross: {
    since: 1,
    label: "Cross-lingual",
    short: "Cross",
    explanation: "Each question is in one language and its answer in another.",
    task: "Find the right answer in another language than the question’s, among answers in many languages.",
    drawing: ["AB", "CA", "BC"],
    colour: ["#c2570c", "#ff9d57"],
    asks: "any",
    answers: "another",
    measure: "map/cross",
  },
  multi: {
    since: 1,
    label: "Multilingual",
    short: "Multi",
    explanation: "Each question has right answers in several languages at once.",
    task: "Put all right answers first, whatever their language, before wrong answers in every language.",
    drawing: ["ABC", "BCA", "CAB"],
    colour: ["#0f7f68", "#4fd1b3"],
    asks: "any",
    answers: "several",
    measure: "map/multi",
  },
  mixedMono: {
    since: 1,
    label: "Mixed monolingual",
    short: "Mixed",
    explanation: "Languages share a batch but never a pair: the control that should do worst.",
    task: "Find the answer in the question’s own language. Most wrong answers are in other languages, so the language alone gives it away.",
    drawing: ["AA", "BB", "CC"],
    colour: ["#7a5aa6", "#bb9df0"],
    asks: "any",
    answers: "own",
    measure: "map/multi",
  },
} as const satisfies Readonly<Record<string, KindFacts>>;
