// The baselines of a run that has ended, on its own test: BM25, and language means subtracted from its start and its end.
import { shiftVector, meanVector, type ParallelRows } from "../../core/baselines/languageMeans.ts";
import { bm25Pools } from "../../core/baselines/bm25Pools.ts";
import { SPLITS } from "../../core/data/records.ts";
import type { EvalResult } from "../../core/metrics/evaluation.ts";
import { closeBaselines, type Baselines, type BaselineValues, type MeansTexts, type WithoutLanguages } from "../../core/record/baselines.ts"; // prettier-ignore
import type { RunRecord } from "../../core/record/runRecord.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { trainLanguages } from "../../core/spec/resolve.ts";
import type { LoadedCorpus } from "../corpus/loadedCorpus.ts";
import { trimRows } from "../corpus/vocabulary.ts";
import { evaluateModel } from "../evaluate/evaluateModel.ts";
import type { EvalTask } from "../evaluate/evalTask.ts";
import type { Gate } from "../evaluate/poolBlocks.ts";
import { withoutLanguages } from "../evaluate/withoutLanguages.ts";
import { vectorWidth } from "../model/encoderConfig.ts";
import { createEncoder, type Encodes } from "../model/createEncoder.ts";
import type { PreparedRun } from "./prepareRun.ts";
import type { RunResources } from "./runExperiment.ts";

const FREE: Gate = { gate: () => Promise.resolve() };
/** Texts of a language whose mean is taken, as in the trial (1,997): more move it by less than its own scatter. */
const MOST_TEXTS = 2000;
/** Passages of a language whose texts BM25 may hold. */
const MOST_PASSAGES = 2 ** 17;

type OnProgress = (progress: RunProgress) => void;

/** @param record of the run whose weights these are */
export async function measureBaselines(
  { prepared, model }: RunResources,
  { spec, digest }: RunRecord,
  onProgress: OnProgress = () => undefined,
): Promise<Baselines> {
  const sources = prepared.full.set.languages.map((lang, x) =>
    meanTexts(prepared, lang, x, trainLanguages(spec)),
  );
  const { languages } = prepared.full.set;
  const pivot = languages.includes("en") ? "en" : languages[0]!;
  const start = createEncoder(await prepared.weights());
  try {
    const bm25 = await wordBaseline(prepared, onProgress);
    const ofStart = await measured(start, prepared, sources, pivot, onProgress);
    const ofEnd = prepared.train && (await measured(model, prepared, sources, pivot, onProgress));
    return closeBaselines(
      {
        ...(bm25 && { bm25 }),
        start: ofStart,
        ...(ofEnd && { end: ofEnd }),
        texts: Object.fromEntries(
          sources.map(({ rows, from }, x): [string, MeansTexts] => [languages[x]!, { n: rows.length, from }]),
        ),
        pivot,
      },
      digest,
    );
  } finally {
    start.dispose();
  }
}

/** Texts of one language. */
interface MeanTexts extends Pick<MeansTexts, "from"> {
  readonly corpus: LoadedCorpus;
  readonly rows: Int32Array; // passages of the corpus
}

/** Passages of the training part that are not searched; where there are none, those that are. */
function meanTexts(
  { train, test, full }: PreparedRun,
  lang: string,
  x: number,
  trained: readonly string[],
): MeanTexts {
  const searched = new Set(full.passageRows);
  for (const corpus of train && train !== test ? [train, test] : [test]) {
    const { languages, passages } = corpus.corpus;
    const at = languages.indexOf(lang);
    const rows = [...passages.langs.keys()].filter(
      (row) =>
        passages.langs[row] === at &&
        SPLITS[passages.splits[row]!] === "train" &&
        passages.inDev?.[row] !== 1 &&
        !(corpus === test && searched.has(row)),
    );
    const isDrawn = corpus === train && trained.includes(lang);
    if (rows.length > 0) return { corpus, rows: evenly(rows), from: isDrawn ? "training" : "unseen" };
  }
  const own = full.passageRows.filter((_, i) => full.set.passageLangs[i] === x);
  return { corpus: test, rows: evenly([...own]), from: "pool" };
}

function evenly(rows: readonly number[]): Int32Array {
  const n = Math.min(rows.length, MOST_TEXTS);
  return Int32Array.from({ length: n }, (_, i) => rows[Math.floor((i * rows.length) / n)]!);
}

async function wordBaseline(
  { test, full }: PreparedRun,
  onProgress: OnProgress,
): Promise<BaselineValues | undefined> {
  const { set, queryRows, passageRows } = full;
  const sizes = new Int32Array(set.languages.length);
  for (const lang of set.passageLangs) sizes[lang]!++;
  if (Math.max(...sizes) > MOST_PASSAGES) return undefined;
  const total = set.languages.length;
  return bm25Pools(
    set,
    async ({ queries, passages }) => ({
      queries: await test.texts(
        "queries",
        queries.map((q) => queryRows[q]!),
      ),
      passages: await test.texts(
        "passages",
        passages.map((p) => passageRows[p]!),
      ),
    }),
    full.cuts ?? [],
    (done) => onProgress({ phase: "evaluate", done, total, unit: "parts" }),
  );
}

async function measured(
  model: Encodes,
  prepared: PreparedRun,
  sources: readonly MeanTexts[],
  pivot: string,
  onProgress: OnProgress,
): Promise<WithoutLanguages> {
  const width = vectorWidth(model.config);
  const { full, vocabulary } = prepared;
  const texts: ParallelRows[] = [];
  for (const { corpus, rows } of sources) {
    const tokens = trimRows(await corpus.tokens("passages", rows), vocabulary);
    const { conceptOffsets, concepts } = corpus.corpus.passages;
    texts.push({
      vectors: await model.encode(tokens),
      concepts: Array.from(rows, (row) =>
        conceptOffsets[row]! < conceptOffsets[row + 1]! ? concepts[conceptOffsets[row]!] : undefined,
      ),
    });
  }
  const evaluated = async (asked: ReturnType<typeof withoutLanguages>) =>
    valuesOf((await evaluateModel(asked.model, asked.task, FREE, onProgress)).result);
  const means = texts.map(({ vectors }) => meanVector(vectors, width));
  const at = full.set.languages.indexOf(pivot);
  const isParallel = (x: number) => sources[x]!.corpus === sources[at]!.corpus; // concepts are numbered by corpus
  const shifts = texts.map((own, x) =>
    shiftVector(
      isParallel(x) ? own : { ...own, concepts: own.concepts.map(() => undefined) },
      texts[at]!,
      width,
    ),
  );
  const task: EvalTask = full;
  return {
    languageMeans: await evaluated(withoutLanguages(model, task, { queries: means, passages: means })),
    shift: await evaluated(withoutLanguages(model, task, { passages: shifts })),
  };
}

const valuesOf = ({ values, perLanguage }: EvalResult): BaselineValues => ({
  values,
  perLanguage: Object.fromEntries(Object.entries(perLanguage).map(([lang, own]) => [lang, own.values])),
});
