// The sets of the catalogue that are converted as a task of mteb defines them, under mteb's names for task and subsets. A set
// that only resembles one is none of them.
import { NANO_PARTS, nanoSetId } from "../collections/nanoParts.ts";
import { languageScript } from "../languages/iso639.ts";
import { pairKind, type LanguagePair } from "../metrics/languagePairs.ts";

export interface MtebTask {
  readonly name: string;
  /** @returns undefined for a pair that the task has not */
  subset(pair: LanguagePair): string | undefined;
  /** A language as the task writes it: "swh-Latn". */
  language(tag: string): string;
}

/** Where FLORES names a member of the language that a tag stands for: "sw" is "swh", not "swa". */
const FLORES: Readonly<Record<string, string>> = {
  ar: "arb",
  az: "azj",
  fa: "pes",
  fil: "tgl",
  lv: "lvs",
  mg: "plt",
  mn: "khk",
  ms: "zsm",
  ne: "npi",
  om: "gaz",
  or: "ory",
  ps: "pbt",
  sq: "als",
  sw: "swh",
  uz: "uzn",
};

/** "ar-Latn" -> "arb-Latn" */
export function floresCode(tag: string): string {
  const own = FLORES[tag.split("-")[0]!];
  const common = languageScript(tag);
  return own === undefined ? common : `${own}${common.slice(common.indexOf("-"))}`;
}

const BELEBELE: MtebTask = {
  name: "BelebeleRetrieval",
  /** The passages' language comes first: "swh_Latn-eng_Latn" are English questions to Swahili passages. */
  subset: (pair) =>
    pairKind(pair) && [pair.passage, pair.query].map((tag) => floresCode(tag).replace("-", "_")).join("-"),
  language: floresCode,
};

/** One subset a language, under its own code. */
const nanoTask = (part: string): MtebTask => ({
  name: `MultilingualNano${part}Retrieval`,
  subset: ({ query, passage }) => (query === passage ? query : undefined),
  language: languageScript,
});

const TASKS: Readonly<Record<string, MtebTask>> = {
  belebele: BELEBELE,
  ...Object.fromEntries(NANO_PARTS.map((part) => [nanoSetId(part), nanoTask(part)])),
};

export const mtebTask = (datasetId: string): MtebTask | undefined =>
  Object.hasOwn(TASKS, datasetId) ? TASKS[datasetId] : undefined;
