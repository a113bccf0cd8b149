// What a run reads: its encoder's way with texts, the set it is tested on and the one it trains on. Once where that is one set.
import type { Corpus } from "../../core/data/corpus.ts";
import { SpecError } from "../../core/inputError.ts";
import { lackingLanguages } from "../../core/languages/languageChoice.ts";
import type { RunProgress } from "../../core/run/progress.ts";
import { evalLanguages, evalTarget } from "../../core/spec/resolve.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import type { EarlyCorpus, EarlyUse, LoadedCorpus } from "../corpus/loadedCorpus.ts";
import { prefixesOf, type StartEncoder } from "../pretrained/startEncoder.ts";
import type { Prefixes } from "../text/encoderTexts.ts";
import type { RunPorts } from "./runPorts.ts";

export interface RunCorpora {
  readonly encoder: StartEncoder;
  readonly prefixes: Prefixes;
  readonly maxTokens: number; // of a text, prefix included
  readonly test: LoadedCorpus;
  readonly train?: LoadedCorpus; // absent when only evaluating
}

/** A run may begin with what it is tested on while the rest of its data is read: where it trains on the same set. */
export type EarlyRunUse = (early: {
  readonly encoder: StartEncoder;
  readonly corpus: EarlyCorpus;
}) => Promise<void>;

type Ports = Pick<RunPorts, "openEncoder" | "loadCorpus">;
type OnProgress = (progress: RunProgress) => void;

/**
 * @param trained languages that are trained on; undefined: no training data is read
 * @param early called at most once, before the languages are looked at
 * @throws SpecError, DataError: one sentence for the person who set the field
 */
export function loadCorpora(
  spec: ExperimentSpec,
  trained: readonly string[],
  ports: Ports,
  onProgress?: OnProgress,
  early?: EarlyRunUse,
): Promise<Required<RunCorpora>>;
export function loadCorpora(
  spec: ExperimentSpec,
  trained: readonly string[] | undefined,
  ports: Ports,
  onProgress?: OnProgress,
  early?: EarlyRunUse,
): Promise<RunCorpora>;
export async function loadCorpora(
  spec: ExperimentSpec,
  trained: readonly string[] | undefined,
  ports: Ports,
  onProgress: OnProgress = () => undefined,
  early?: EarlyRunUse,
): Promise<RunCorpora> {
  const encoder = await ports.openEncoder(spec.encoder.id, onProgress);
  const prefixes = prefixesOf(spec.encoder, encoder);
  const maxTokens = Math.min(spec.encoder.maxTokens, encoder.longest);
  const load = (datasetId: string, languages: readonly string[], use?: EarlyUse) =>
    ports.loadCorpus({ datasetId, languages, prefixes, maxTokens }, encoder.texts, onProgress, use);
  const { datasetId } = evalTarget(spec);
  const asked = evalLanguages(spec);
  const isShared = trained !== undefined && datasetId === spec.data.train;
  const use: EarlyUse | undefined = isShared && early ? (corpus) => early({ encoder, corpus }) : undefined;
  const test = await load(datasetId, isShared ? [...new Set([...asked, ...trained])].sort() : asked, use);
  if (isShared) requireLanguages("languages.train", trained, test.corpus); // first: those of the test follow from them
  requireLanguages("languages.eval", asked, test.corpus);
  if (!trained) return { encoder, prefixes, maxTokens, test };
  const train = isShared ? test : await load(spec.data.train, trained);
  requireLanguages("languages.train", trained, train.corpus);
  return { encoder, prefixes, maxTokens, test, train };
}

/** @throws SpecError naming those that the dataset lacks */
export function requireLanguages(field: string, wanted: readonly string[], corpus: Corpus): void {
  const why = lackingLanguages(field, wanted, { id: corpus.datasetId, languages: corpus.languages });
  if (why !== undefined) throw new SpecError(why);
}
