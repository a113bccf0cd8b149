// The studies that come with the lab: the questions that brought it into being (STUDIES 5), each at three sizes. A data table;
// what it names is parsed like any file's.
import { ofKinds, type Ratio } from "../spec/batchKind.ts";
import { SpecError } from "../inputError.ts";
import { FIELDS } from "../spec/fields.ts";
import type { SpecChanges } from "../spec/spec.ts";
import { parseStudy } from "./parseStudy.ts";
import { STUDY_SCHEMA, type MixtureDesign, type Study } from "./study.ts";
import type { GivenCell } from "./studyCells.ts";
import { ELEVEN, SETTINGS, STUDY_SIZES, type Setting, type StudySize } from "./studySizes.ts";

export interface BuiltInStudy {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** What would count as an answer; what a size cannot say is its setting's. */
  readonly note: string;
  readonly primary: string;
  readonly smallestEffect: number;
  readonly controls: readonly string[];
  readonly groups?: "level";
  readonly sizes: Readonly<Record<StudySize, Setting>>;
  cells(size: StudySize, setting: Setting): readonly GivenCell[] | MixtureDesign;
}

const ratio = (mono: number, cross: number, multi = 0, mixedMono = 0): Ratio =>
  ofKinds({ mono, cross, multi, mixedMono });
const mixed = (name: string, label: string, ...shares: Parameters<typeof ratio>): GivenCell => ({
  name,
  label,
  changes: { "batch.ratio": ratio(...shares) },
});
const MONO = mixed("mono", "Monolingual", 1, 0);
const CROSS = mixed("cross", "Cross-lingual", 0, 1);
const HYBRID = mixed("hybrid", "Hybrid", 0.5, 0.5);

/** From one end to the other and back: each is the other's trajectory reversed, and their mean is half and half. */
const moving = (schedule: string, words: string): GivenCell[] =>
  (
    [
      ["mono-to-cross", "mono → cross", ratio(1, 0), ratio(0, 1)],
      ["cross-to-mono", "cross → mono", ratio(0, 1), ratio(1, 0)],
    ] as const
  ).map(([name, label, from, to]) => ({
    name: `${schedule}-${name}`,
    label: `${label}, ${words}`,
    changes: { "batch.ratio": from, "batch.ratioEnd": to, "batch.schedule": schedule },
  }));

/** From half and half, by what training measures; "random" by nothing. */
const ruled = (schedule: string, label: string): GivenCell => ({
  name: schedule,
  label,
  changes: { "batch.ratio": ratio(0.5, 0.5), "batch.schedule": schedule },
});

/** What a rule must beat, made from its own way. */
const controlsOf = (rule: GivenCell): GivenCell[] =>
  (["mean", "reversed"] as const).map((made) => ({
    name: `${rule.name}-${made}`,
    changes: {},
    controlOf: rule.name!,
    made,
  }));
const withControls = (...rules: readonly GivenCell[]): GivenCell[] =>
  rules.flatMap((rule) => [rule, ...controlsOf(rule)]);

/** A rule whose reference numbers are those of another cell, or of one for each kind. */
const referring = (rule: GivenCell, mono: string, cross = mono, changes: SpecChanges = {}): GivenCell => ({
  ...rule,
  changes: { ...rule.changes, ...changes },
  reference: { mono, cross },
});

const languageCells = (spec: SpecChanges, favoured: readonly string[]): GivenCell[] =>
  [0, 2, 3, 5].flatMap((n) =>
    (["equal", "unequal"] as const).map((shares) => ({
      name: `${n === 0 ? "all" : n}-${shares}`,
      label: `${n === 0 ? "all languages" : `${n} languages`}, ${shares} shares`,
      changes: {
        "languages.perBatch": n,
        "languages.train": Object.fromEntries(
          Object.keys(spec["languages.train"] ?? FIELDS["languages.train"].default).map((lang) => [
            lang,
            shares === "unequal" && favoured.includes(lang) ? 4 : 1,
          ]),
        ),
      },
    })),
  );

const weighted = (name: string, label: string, mono: number, cross: number): GivenCell => ({
  name,
  label,
  changes: { "loss.weights": ofKinds({ mono, cross }, 1) },
});

const weighing = (rule: string, label: string): GivenCell => ({
  name: rule,
  label,
  changes: { "loss.weighting": rule },
});

/** Each kind of batch from an aligned start and from one whose languages do not meet. */
const starts = (aligned: SpecChanges, weak: SpecChanges): GivenCell[] =>
  [
    { start: "aligned", changes: aligned },
    { start: "weak", changes: weak },
  ].flatMap(({ start, changes }) =>
    [MONO, CROSS, HYBRID].map((cell) => ({
      name: `${cell.name!}-${start}`,
      label: `${cell.label!}, ${start} start`,
      changes: { ...cell.changes, ...changes },
    })),
  );

export const STUDIES: readonly BuiltInStudy[] = [
  {
    name: "moving-ratio",
    title: "Moving the mix while training",
    question:
      "Does moving the ratio of monolingual and cross-lingual batches during training make retrieval in languages without training data better, above all in low-resource ones?",
    note: "A mix that moves counts only if it beats its own mean held fixed (hybrid), its reverse, the tuned constant (mono 20 %) and random mixing. A rule counts only if it beats the controls made from its own way, seed by seed: its mean held fixed, and the same way backwards. DoReMi and tDRO hold training against the hybrid run of their seed, dev gap, where training leaves a part to go by, against the two pure ones. Skill-it is left out: its table says how far training on one kind lowers the loss of another, and a run measures the loss of its own kinds alone.",
    primary: "map/cross",
    smallestEffect: 0.003,
    controls: ["hybrid", "mono-20"],
    groups: "level",
    sizes: { classroom: SETTINGS.emojiHighAndLow, laptop: SETTINGS.xquad, full: SETTINGS.belebele },
    cells: (_, { spec }) => [
      HYBRID,
      MONO,
      CROSS,
      mixed("mono-20", "mono 20 %", 0.2, 0.8),
      ...moving("linear", "linear"),
      ...moving("cosine", "cosine"),
      ...moving("step", "step at half-time"),
      ...moving("competence", "competence"),
      mixed("mono-33", "mono 33 %, the mean of competence", 0.333333, 0.666667),
      ...withControls(
        ruled("exp3", "bandit (Exp3)"),
        ruled("ado", "learning curves (ADO)"),
        referring(ruled("doremi", "excess loss (DoReMi)"), "hybrid"),
        referring(ruled("tdro", "relative loss (tDRO)"), "hybrid"),
        ...(spec["data.eval"] === "same" // another set is tested whole: no rule may go by it
          ? [
              referring(ruled("devGap", "dev gap"), "mono", "cross", {
                evalEvery: Number(spec["steps"]) / 10,
              }),
            ]
          : []),
      ),
      ruled("random", "random, the control of every rule"),
    ],
  },
  {
    name: "languages-per-batch",
    title: "Languages in a batch",
    question:
      "What does the number of languages in a batch do to multilingual retrieval, with equal shares and with unequal ones?",
    note: "Unequal: two languages are drawn four times as often as the others. A number counts if it beats all languages with equal shares by more than δ.",
    primary: "map/multi",
    smallestEffect: 0.003,
    controls: ["all-equal"],
    groups: "level",
    sizes: { classroom: SETTINGS.emojiHighAndLow, laptop: SETTINGS.xquad, full: SETTINGS.belebele },
    cells: (_, { spec }) => languageCells(spec, ["en", "de"]),
  },
  {
    name: "mono-share",
    title: "The share of monolingual batches",
    question:
      "How does the share of monolingual batches beside cross-lingual ones change retrieval between languages?",
    note: "Earlier runs put the best share at 10 to 20 %, .002 to .004 above cross-lingual batches alone: a share counts if it beats those.",
    primary: "map/cross",
    smallestEffect: 0.003,
    controls: ["cross-lingual"],
    groups: "level",
    sizes: { classroom: SETTINGS.emoji, laptop: SETTINGS.xquad, full: SETTINGS.belebele },
    cells: () =>
      [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 1].map((mono) => ({
        changes: { "batch.ratio": ratio(mono, Math.round(100 * (1 - mono)) / 100) },
      })),
  },
  {
    name: "dynamic-weights",
    title: "Weights between the objectives",
    question:
      "Do weights between the monolingual and the cross-lingual loss help high- and low-resource languages alike?",
    note: "Half of the batches are of each kind in every cell. A weighting counts if it beats equal weights, and a rule only if it beats its own mean held fixed and its own way backwards; it helps alike if the gains of high- and low-resource languages differ by less than δ.",
    primary: "map/cross",
    smallestEffect: 0.003,
    controls: ["equal"],
    groups: "level",
    sizes: { classroom: SETTINGS.emojiHighAndLow, laptop: SETTINGS.xquad, full: SETTINGS.miracl },
    cells: () => [
      weighted("equal", "equal weights", 1, 1),
      weighted("mono-double", "mono × 4/3, cross × 2/3", 4 / 3, 2 / 3),
      weighted("cross-double", "mono × 2/3, cross × 4/3", 2 / 3, 4 / 3),
      weighted("mono-fivefold", "mono × 5/3, cross × 1/3", 5 / 3, 1 / 3),
      weighted("cross-fivefold", "mono × 1/3, cross × 5/3", 1 / 3, 5 / 3),
      ...withControls(
        weighing("dwa", "falling slowly (DWA)"),
        weighing("uncertainty", "uncertainty"),
        weighing("gradNorm", "equal gradients (GradNorm)"),
      ),
      weighing("random", "random, the control of every rule"),
    ],
  },
  {
    name: "low-resource",
    title: "Do the kinds of batch help each other in low-resource languages?",
    question:
      "Do monolingual, cross-lingual and multilingual batches reinforce each other in low-resource languages, as in high-resource ones?",
    note: "They do if a blend of two beats both pure kinds; the answer is given for low- and high-resource languages beside each other.",
    primary: "map/cross",
    smallestEffect: 0.003,
    controls: ["cross-lingual"],
    groups: "level",
    sizes: { classroom: SETTINGS.emojiHighAndLow, laptop: SETTINGS.ntrex, full: SETTINGS.miracl },
    cells: () => ({ kind: "centroid" }),
  },
  {
    name: "paper-table",
    title: "The paper’s three rows from two starts",
    question:
      "Do half monolingual and half cross-lingual batches beat either alone, from a start whose languages meet and from one whose languages do not?",
    note: "The paper’s claim holds where hybrid beats both others of its start in all three measures (arXiv 2408.10536).",
    primary: "map/multi",
    smallestEffect: 0.003,
    controls: ["hybrid-aligned", "hybrid-weak"],
    sizes: { classroom: SETTINGS.emoji, laptop: SETTINGS.xquad, full: SETTINGS.xquadLarge },
    cells: (size) =>
      size === "full"
        ? starts({ "encoder.id": "hf:sentence-transformers/LaBSE" }, {})
        : starts({ "encoder.id": "distilled-bag" }, { "encoder.id": "distilled-bag-raw" }),
  },
  {
    name: "lareqa-rows",
    title: "LAReQA’s four rows",
    question:
      "Does a negative from another language in the batch keep a model from preferring its own language?",
    note: "LAReQA (arXiv 2004.05484): rows of one language in mixed batches (X-X) should be worst in the pool of all languages, rows of two languages (X-Y) best.",
    primary: "map/multi",
    smallestEffect: 0.005,
    controls: ["x-x-mono"],
    sizes: onEleven({ classroom: SETTINGS.emoji, laptop: SETTINGS.xquad, full: SETTINGS.xquadLarge }),
    cells: () => [
      {
        name: "en-en",
        label: "En-En: English alone",
        changes: { "batch.ratio": ratio(1, 0), "languages.train": { en: 1 } },
      },
      mixed("x-x-mono", "X-X-mono: one language a batch", 1, 0),
      mixed("x-x", "X-X: one language a row", 0, 0, 0, 1),
      mixed("x-y", "X-Y: two languages a row", 0, 1),
    ],
  },
  {
    name: "triangle",
    title: "The triangle of mixes",
    question:
      "Which mix of monolingual, cross-lingual and multilingual batches is best, and does any blend beat the pure kinds?",
    note: "Ten cells: the pure kinds, even blends and three points between, so that the surface can be tested. A blend counts if it beats both of its pure kinds.",
    primary: "map/multi",
    smallestEffect: 0.003,
    controls: ["hybrid"],
    sizes: { classroom: SETTINGS.emoji, laptop: SETTINGS.xquad, full: SETTINGS.belebele },
    cells: () => ({ kind: "axial" }),
  },
  {
    name: "transfer-matrix",
    title: "Train on one language, test on all",
    question: "What does training on one language do to each of the others?",
    note: "Every cell trains monolingual batches of one language and is tested on all; the control trains them in all eleven. The cells of other kinds say what kinds of batch do to each other’s measures: the table that Skill-it asks for.",
    primary: "map/mono",
    smallestEffect: 0.005,
    controls: ["mono"],
    sizes: onEleven({ classroom: SETTINGS.emoji, laptop: SETTINGS.xquad, full: SETTINGS.xquadLarge }, 1),
    cells: () => [
      { name: "mono", label: "monolingual, all eleven", changes: {} },
      mixed("cross", "cross-lingual, all eleven", 0, 1),
      mixed("multi", "multilingual, all eleven", 0, 0, 1),
      ...ELEVEN.map((lang) => ({
        name: lang,
        label: `${lang} alone`,
        changes: { "languages.train": { [lang]: 1 } },
      })),
    ],
  },
];

/** All eleven are tested whatever a cell trains on. @param mono the share of monolingual batches where cells do not say it */
function onEleven(sizes: Record<StudySize, Setting>, mono = 0.5): Record<StudySize, Setting> {
  const own: SpecChanges = {
    "languages.train": Object.fromEntries(ELEVEN.map((lang) => [lang, 1])),
    "languages.heldOut": [],
    "languages.eval": ELEVEN,
    "batch.ratio": ratio(mono, 1 - mono),
  };
  const widened = STUDY_SIZES.map((size) => [
    size,
    { ...sizes[size], spec: { ...sizes[size].spec, ...own } },
  ]);
  return Object.fromEntries(widened) as Record<StudySize, Setting>;
}

export function findStudy(name: string): BuiltInStudy | undefined {
  return STUDIES.find((study) => study.name === name);
}

export const isStudySize = (text: string): text is StudySize => STUDY_SIZES.some((size) => size === text);

/** A built-in study at one of its sizes. @throws SpecError naming those that there are */
export function builtInStudy(name: string, size: StudySize): Study {
  const found = findStudy(name);
  if (!found) {
    throw new SpecError(
      `study:${name}: there is no such study; there is ${STUDIES.map((study) => study.name).join(", ")}`,
    );
  }
  const { title, question, note, smallestEffect, controls, groups } = found;
  const setting = found.sizes[size];
  const cells = found.cells(size, setting);
  return parseStudy(
    {
      schema: STUDY_SCHEMA,
      title,
      question,
      note: setting.limit === undefined ? note : `${note} ${setting.limit}`,
      spec: setting.spec,
      ...("kind" in cells ? { mixture: cells } : { cells }),
      seeds: Array.from({ length: setting.seeds }, (_, i) => i + 1),
      primary: setting.primary ?? found.primary,
      smallestEffect,
      controls,
      ...(groups && { groups }),
    },
    `study:${name}`,
  );
}
