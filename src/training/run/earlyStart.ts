// The evaluation before training, begun as soon as its own texts are tokenised and done while the others are. Its numbers are
// those of the whole run's model to the last bit: a text's vector depends on the rows of its own pieces alone.
import type { RunControl } from "../../core/run/control.ts";
import type { Point } from "../../core/record/point.ts";
import { parseEncoderId } from "../../core/encoders/encoderId.ts";
import { chooseEvalRows } from "../../core/metrics/evalSet.ts";
import { createRandom } from "../../core/random.ts";
import { evalLanguages, evalTarget } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EarlyCorpus } from "../corpus/loadedCorpus.ts";
import { buildVocabulary, usedPieces } from "../corpus/vocabulary.ts";
import { prepareEval, HELD_PASSAGES, type EvalTask } from "../evaluate/evalTask.ts";
import { evaluateModel, type Evaluated } from "../evaluate/evaluateModel.ts";
import { createEncoder } from "../model/createEncoder.ts";
import { letGoOfUploaded } from "../model/parameters.ts";
import type { ModelWeights } from "../model/weights.ts";
import type { StartEncoder } from "../pretrained/startEncoder.ts";
import { measuredPoints } from "./measuredPoints.ts";
import type { RunEvent, RunPorts } from "./runPorts.ts";

/** What was measured and told. */
export interface EarlyStart {
  readonly evaluated: Evaluated;
  readonly points: readonly Point[];
}

export interface EarlyMeasure {
  /**
   * Resolves when all that it needs of the corpus is read; it then measures by itself.
   * @param check made while the data comes; nothing is measured where it throws
   */
  begin(encoder: StartEncoder, corpus: EarlyCorpus, check: () => void): Promise<void>;
  /** While true, what else goes on is not told. */
  readonly isMeasuring: boolean;
  /** Resolves when nothing is measured any more, whatever came of it. */
  settled(): Promise<void>;
  /** Undefined where nothing was begun. @throws what measuring threw */
  result(): Promise<EarlyStart | undefined>;
}

/** Whether reading an encoder's weights twice asks no network twice. */
export function isAtHand(id: string): boolean {
  const kind = parseEncoderId(id)?.kind;
  return kind === "shipped" || kind === "random";
}

/** Of a run from its very start, without a teacher. */
export function createEarlyMeasure(
  spec: ExperimentSpec,
  { nowMs }: Pick<RunPorts, "nowMs">,
  control: RunControl,
  emit: (event: RunEvent) => void,
): EarlyMeasure {
  let measuring: Promise<EarlyStart> | undefined;
  let isMeasuring = false;

  async function measureNow(weights: ModelWeights, task: EvalTask): Promise<EarlyStart> {
    const encoder = createEncoder(weights);
    letGoOfUploaded(weights); // of these pieces nobody asks again
    try {
      const { evaluated, points } = await measuredPoints(0, spec.evaluate.cuts, nowMs, () =>
        evaluateModel(encoder, task, control, (progress) => emit({ type: "progress", progress })),
      );
      emit({ type: "points", points });
      emit({ type: "matrix", step: 0, matrix: evaluated.result.matrix });
      return { evaluated, points };
    } finally {
      encoder.dispose();
      isMeasuring = false;
    }
  }

  return {
    async begin(encoder, { corpus, tokens, names }, check) {
      const random = createRandom(spec.seed);
      const { split } = evalTarget(spec);
      const languages = evalLanguages(spec);
      const options = { languages, split, maxQueries: 0, random: random.fork("eval") };
      const { queryRows, passageRows } = chooseEvalRows(corpus, options);
      if (queryRows.length === 0 || passageRows.length > HELD_PASSAGES) return check();
      const coming = Promise.all([tokens("queries", queryRows), tokens("passages", passageRows)]);
      coming.catch(() => undefined); // told below, unless the check throws
      check();
      const [queries, passages] = await coming;
      const rows = { queries, passages };
      const { vocabSize } = encoder.texts.tokenizer;
      const vocabulary = buildVocabulary([usedPieces(vocabSize, [rows.queries, rows.passages])]);
      const source = { corpus, names, tokens: (side: keyof typeof rows) => Promise.resolve(rows[side]) };
      const task = { ...(await prepareEval(source, vocabulary, options)), cuts: spec.evaluate.cuts };
      isMeasuring = true;
      const told = (progress: Parameters<Parameters<StartEncoder["load"]>[3]>[0]) =>
        emit({ type: "progress", progress });
      const { load, loadOwn = load } = encoder;
      measuring = loadOwn(spec.encoder, vocabulary.pieceIds, random, told).then(({ weights }) =>
        measureNow(weights, task),
      );
      measuring.catch(() => (isMeasuring = false)); // told by `result`
    },
    get isMeasuring() {
      return isMeasuring;
    },
    async settled() {
      await measuring?.catch(() => undefined);
    },
    result: async () => measuring,
  };
}
