// What `lab COMMAND --help` prints: the forms of each command, its options and examples. Runs nothing.
import { nearestName } from "../../core/nearestName.ts";
import type { DATA_OPTIONS } from "./dataCommand.ts";
import type { DISTILL_OPTIONS } from "./distillCommand.ts";
import type { EXPORT_OPTIONS } from "./exportCommand.ts";
import type { METRICS_OPTIONS } from "./metricsCommand.ts";
import type { MODEL_OPTIONS } from "./modelCommand.ts";
import type { PLAN_OPTIONS } from "./planCommand.ts";
import type { REPLAY_OPTIONS } from "./replayCommand.ts";
import type { REPORT_OPTIONS } from "./reportCommand.ts";
import type { EVAL_OPTIONS, RUN_OPTIONS } from "./runCommand.ts";
import type { SWEEP_OPTIONS } from "./sweepCommand.ts";

interface Help<Options = object> {
  readonly forms: readonly string[];
  readonly about: string;
  /** What stands behind the option, and what it means. No option is without. */
  readonly options: Readonly<Record<keyof Options, readonly [value: string, meaning: string]>>;
  readonly short?: Readonly<Record<string, string>>; // option -> its letter
  readonly examples: readonly string[];
}

const SET = ["PATH=VALUE", "a field of the spec, such as steps=50; may be given again"] as const;
const BACKEND = ["webgpu|wasm|cpu", "the device; left out: the spec's, else the fastest"] as const;
const QUIET = ["", "leaves out progress, not what to know of a result"] as const;
const TREC = ["DIR", "rankings and judgements of the final evaluation, for trec_eval"] as const;
const TREC_METADATA = [
  "",
  "headed by ir_metadata, for repro_eval; trec_eval, ir_measures and ranx take no such head",
] as const;
const TREC_DEPTH = ["N|all", "documents a query in them; left out: 1000"] as const;
const BASELINES = [
  "",
  "measures BM25 and language means subtracted too, and adds them to the record",
] as const;
const SPEC = "<spec.json | link | preset:NAME>";

const run: Help<typeof RUN_OPTIONS> = {
  forms: [
    `run ${SPEC} [options]`,
    "run --from <run.json | its snapshots | link> [--at STEP] --set PATH=VALUE… [options]",
    "run --resume <run.json | its snapshots> [options]",
  ],
  about: "Trains and evaluates; prints the numbers. --from branches off a run, --resume goes on with one.",
  options: {
    set: SET,
    backend: BACKEND,
    out: ["FILE", "the run's record; beside it snapshots are kept"],
    trec: TREC,
    "trec-depth": TREC_DEPTH,
    "trec-metadata": TREC_METADATA,
    save: ["DIR", "the trained model as a new sentence-transformers folder"],
    "checkpoint-every": ["50|30s", "keeps a snapshot each so many steps or seconds; so does Ctrl+C"],
    from: ["RUN", "branches off it: another mix, languages, loss, … from there"],
    at: ["STEP", "where the branch begins; left out: the last step"],
    baselines: BASELINES,
    "final-test": ["", "evaluates the last weights once on test as well, and marks it in the record"],
    resume: ["RUN", "goes on from the last snapshot, to the same numbers"],
    quiet: QUIET,
  },
  examples: [
    "run preset:quickstart --out a.json",
    "run preset:paper-hybrid --out p.json",
    "run preset:cross --set steps=600 --set seed=2 --out b.json --trec b-trec",
    "run --from a.json --at 150 --set batch.ratio.mono=1 --out c.json",
    "run --resume a.json",
  ],
};

const evaluate: Help<typeof EVAL_OPTIONS> = {
  forms: ["eval <encoder | folder> --data <set> [options]"],
  about: "Evaluates an encoder as it is, without training.",
  options: {
    data: ["SET", "the dataset; see: lab data list"],
    langs: ["a,b", "languages; left out: all of the set"],
    set: SET,
    backend: BACKEND,
    out: ["FILE", "the record"],
    trec: TREC,
    "trec-depth": TREC_DEPTH,
    "trec-metadata": TREC_METADATA,
    baselines: BASELINES,
    quiet: QUIET,
  },
  examples: [
    "eval distilled-bag-37k --data xquad-r --langs de,en,zh",
    "eval ./my-model --data cldr-emoji --out e.json",
  ],
};

const exportRun: Help<typeof EXPORT_OPTIONS> = {
  forms: [
    "export <spec | link | run.json | encoder | ./folder> --to model --out DIR [options]",
    "export <spec | link | run.json | study> --to project --out DIR [--plan] [--set PATH=VALUE…]",
    "export <run.json | spec | link | study’s folder, zip or results> --to html --out FILE [--train] [--address URL]",
  ],
  about:
    "Writes a model: of a run, which is trained again here (run --save DIR does both at once), or an encoder as it is. Or a project: the run, or all runs of a study, in Python, to be trained by sentence-transformers on other machines along the same batches (docs/cluster.md). Or a page: a run, a recipe or a study as one file that any browser shows, from a mail or a phone too (docs/onefile.md).",
  options: {
    to: [
      "model|lab|project|html",
      "a model for sentence-transformers (that name does too) or for the lab; a project, which holds no trained model; or a page",
    ],
    out: ["DIR", "a new folder; of html a file"],
    train: [
      "",
      "of a page: with data and encoder in it, so that it trains wherever a browser opens it; how much larger it gets is said first",
    ],
    address: [
      "URL",
      "of a copy of the lab, to which the page’s link leads; left out: it says how to open it",
    ],
    dtype: ["F32|F16|I8", "how matrices are stored; left out: F32, and I8 (a quarter of that) for the lab"],
    plan: ["", "of a project: its batches as a file too, for readers in other languages"],
    size: ["classroom|laptop|full", "of study:NAME; left out: classroom"],
    set: SET,
    backend: BACKEND,
    quiet: QUIET,
  },
  examples: [
    "export a.json --to model --out my-model",
    "export distilled-bag-37k --to model --dtype F16 --out bag",
    "export a.json --to lab --out small",
    "export preset:hybrid --to project --out hybrid",
    "export study:mono-share --to project --out shares",
    "export a.json --to html --out a.html",
    "export preset:quickstart --to html --train --out quickstart.html",
  ],
};

const replay: Help<typeof REPLAY_OPTIONS> = {
  forms: ["replay <link | run.json> [options]", "replay <study> --run CELL.SEED [options]"],
  about:
    "Runs it again, and says of plan, losses and metrics what agreed. Exit 0: repeated to the last bit, or reproduced within tolerance on another device; 1: different, and what differs first.",
  options: {
    backend: BACKEND,
    run: ["CELL.SEED", "which run of a study, of its folder or of the file of report --to results"],
    quiet: QUIET,
  },
  examples: ["replay a.json", "replay study.json --run cross.1", "replay '#v=2&preset=cross&seed=7'"],
};

const sweep: Help<typeof SWEEP_OPTIONS> = {
  forms: [
    "sweep <study.json | study:NAME> --out DIR [options]",
    "sweep [study] --out DIR --collect DIR | FILE…",
    "sweep <study.json | study:NAME> --list [--out DIR]",
    "sweep --list",
  ],
  about:
    "All runs of a study: each cell with each seed. Says what they take before it begins; --list shows the studies that come with the lab.",
  options: {
    size: ["classroom|laptop|full", "of study:NAME; left out: classroom"],
    set: ["PATH=VALUE", "a field that all cells share; may be given again"],
    out: ["DIR", "study.json, a record a run, summary.json"],
    jobs: ["N", "runs at a time; left out: as many as there are processors. The numbers are the same"],
    "checkpoint-every": ["50|30s", "keeps a snapshot of a run each so many steps or seconds; left out: 30s"],
    "trec-depth": [
      "N",
      "keeps rankings of each run, so many documents a query, headed by ir_metadata; left out: none",
    ],
    resume: ["", "goes on: runs that have ended stay, the others go on; more seeds are added"],
    collect: [
      "DIR | FILE",
      "joins the runs of the same study: of other folders, of zips and results of report, of folders of these, and loose records",
    ],
    list: ["", "the studies, their sizes and what those take; of one that is named, a command for each run"],
    run: ["CELL.SEED", "trains this run alone, and what it is made from; may be given again"],
    yes: ["", "begins also what takes an hour or more"],
    quiet: QUIET,
  },
  examples: [
    "sweep --list",
    "sweep study:mono-share --out d",
    "sweep study:triangle --size laptop --out t --jobs 4",
    "sweep --out d --resume",
    "sweep study:mono-share --list --out runs",
    "sweep --out whole --collect here --collect there",
  ],
};

const plan: Help<typeof PLAN_OPTIONS> = {
  forms: [`plan ${SPEC} [options]`],
  about: "Prints the batches as JSON lines; trains nothing.",
  options: { steps: ["N", "the first N steps; left out: all"], set: SET, quiet: QUIET },
  examples: ["plan preset:hybrid --steps 3"],
};

const data: Help<typeof DATA_OPTIONS> = {
  forms: ["data list", "data add <set> [options]", "data verify [set]"],
  about: "Datasets that are here, one more, whether they are intact. The options belong to add.",
  options: {
    from: ["DIR|FILE", "your own files, or the set's, instead of a download"],
    langs: ["a,b", "only these languages"],
    format: ["NAME", "of your own files; left out: told from their names"],
    lang: ["xx", "language of texts that name none"],
    "passage-lang": ["xx", "that of passages that name none"],
    columns: ["query=COLUMN,positive=COLUMN", "which column is what"],
    title: ["TEXT", "of your own set"],
    licence: ["TEXT", "of your own set"],
    "leave-out-own": ["", "a query's own document is no candidate"],
    unquote: ["", "TSV fields stand in quotes, which are no part of the texts"],
    quiet: QUIET,
  },
  examples: [
    "data list",
    "data add xquad-r",
    "data add my-pairs --from pairs.csv --lang sw --columns query=q,positive=p",
    "data verify my-pairs",
  ],
};

const model: Help<typeof MODEL_OPTIONS> = {
  forms: ["model list", "model add NAME [options]", "model remove NAME | hf:OWNER/NAME[@REVISION]"],
  about: "Encoders that are here; one more, to be named local:NAME in a spec.",
  options: {
    from: ["DIR | hf:OWNER/NAME[@REVISION] | https://…", "where the checkpoint is"],
    quiet: QUIET,
  },
  examples: ["model add mine --from ./my-model", "model add e5 --from hf:intfloat/multilingual-e5-small"],
};

const report: Help<typeof REPORT_OPTIONS> = {
  forms: [
    "report <run.json>… [options]",
    "report <study’s folder, zip or file> [--to text|markdown|latex|csv|results]",
    "report <study’s folder, zip or file> --to zip --out FILE.zip",
  ],
  about: "Finished runs as a table, as points, or compared; what a study found, in words and tables.",
  options: {
    to: [
      "markdown|latex|csv|pairs|mteb|compare",
      "left out: markdown; pairs is CSV, a row per pair of languages; mteb takes one run, compare one, two, or seeds of two experiments; of a study: text where left out, results is the compact file that the page comes with, zip all of it as one file that page and command line open again",
    ],
    out: ["FILE.zip", "where --to zip writes"],
    equal: [
      "steps|crossBatches|pairs",
      "of a study: compares only cells that had as much of it as the control, within 1 %",
    ],
    languages: ["", "a table of languages for each run"],
    quiet: QUIET,
  },
  examples: [
    "report a.json b.json",
    "report a.json b.json --to compare",
    "report a.json --to latex --languages",
    "report ./my-study --to latex",
    "report ./my-study --to zip --out my-study.zip",
  ],
};

const metrics: Help<typeof METRICS_OPTIONS> = {
  forms: ["metrics --run RUN --qrels QRELS [options]"],
  about: "trec_eval's measures of a run file against a qrels file.",
  options: {
    run: ["FILE", "six columns, or TREC's with tabs"],
    qrels: ["FILE", "TREC's four columns or BEIR's three"],
    measure: ["MEASURE", "such as map or ndcg_cut.10; may be given again"],
    perQuery: ["", "each query too"],
    complete: ["", "queries that the run lacks count as 0"],
    quiet: QUIET,
  },
  short: { measure: "m", perQuery: "q", complete: "c" },
  examples: ["metrics --run multi.de.run --qrels multi.de.qrels -m map -m ndcg_cut.10"],
};

const distill: Help<typeof DISTILL_OPTIONS> = {
  forms: ["distill [options]"],
  about: "Makes distilled-bag-37k from a published teacher, or another recipe's model.",
  options: {
    config: ["NAME|FILE", "the recipe; left out: distilled-bag-37k"],
    teacher: ["DIR", "its teacher's folder; left out: the encoder added by the teacher's name"],
    "list-texts": ["DIR", "writes what the teacher is to read, for scripts/teacher/vectors.py, and ends"],
    prepare: ["DIR", "writes pieces and texts for a trainer elsewhere, and ends"],
    layers: ["DIR", "what scripts/teacher/layers.py made of that: written as the model's folder"],
    dump: ["DIR", "writes the first 200 batches and losses, for scripts/teacher/bagSteps.py, and ends"],
    out: ["DIR", "the model's folder; left out: in the lab's home"],
    data: ["DIR", "in place of the lab's home"],
    tokenizer: ["FILE", "of a recipe without a published teacher; left out: the shipped one"],
    resume: ["", "goes on from the last checkpoint"],
    quiet: QUIET,
  },
  examples: [
    "distill --teacher e5-small",
    "distill --config distilled-bag-raw --out raw --resume",
    "distill --config distilled-small --prepare DIR",
  ],
};

const HELP: Readonly<Record<string, Help>> = {
  run,
  eval: evaluate,
  export: exportRun,
  replay,
  sweep,
  plan,
  data,
  model,
  report,
  metrics,
  distill,
};

const rows = (help: Help) => Object.entries<readonly [string, string]>(help.options);

/** What `lab` alone prints: the forms of every command, and what it is for. */
export const usageText = (): string =>
  [
    "usage: npm run lab -- COMMAND",
    ...Object.values(HELP).map(({ forms, about }) =>
      ["", ...forms.map((form) => `  ${form}`), `      ${about}`].join("\n"),
    ),
    "",
    "COMMAND --help tells its options, with examples; --version tells the version. --quiet leaves out progress. Exit codes: 0 done, 1 result differs or failed, 2 bad input, 130 left by Ctrl+C.",
  ].join("\n");

/** @param name of a command that there is */
export function helpText(name: string): string {
  const help = HELP[name]!;
  const letter = (option: string) => (help.short?.[option] === undefined ? "" : `-${help.short[option]}, `);
  const named = rows(help).map(([option, [value, meaning]]) => [
    `${letter(option)}--${option} ${value}`.trimEnd(),
    meaning,
  ]);
  const width = Math.min(34, Math.max(...named.map(([option]) => option!.length)));
  return [
    ...help.forms.map((form, i) => `${i === 0 ? "usage:" : "      "} npm run lab -- ${form}`),
    "",
    help.about,
    "",
    ...named.map(([option, meaning]) => `  ${option!.padEnd(width)}  ${meaning}`),
    "",
    "examples:",
    ...help.examples.map((example) => `  npm run lab -- ${example}`),
  ].join("\n");
}

/** The option of a command that is spelt most like a wrong one, or undefined where none is near. */
export const nearestOption = (name: string, wrong: string): string | undefined =>
  nearestName(
    wrong,
    rows(HELP[name]!).map(([option]) => option),
    Math.max(2, wrong.length / 2),
  );

/** Whether a command sets fields of a spec. */
export const setsFields = (name: string): boolean => rows(HELP[name]!).some(([option]) => option === "set");
