// Which converter makes which dataset of the catalogue. Never reads the catalogue.
import type { Converter } from "../converters/converter.ts";
import { miracl, mrTydi } from "./miracl.ts";
import { mmarco } from "./mmarco.ts";
import { nanoBeir } from "./nanoBeir.ts";
import { afriqa, afriqaQuestions } from "../converters/afriqa.ts";
import { belebele } from "./belebele.ts";
import { exams } from "../converters/exams.ts";
import { mintaka } from "../converters/mintaka.ts";
import { mkqa, mkqaAnswers } from "../converters/mkqa.ts";
import { ntrex128 } from "../converters/ntrex.ts";
import { nusax } from "../converters/nusax.ts";
import { mlqaR } from "./squadSentences.ts";
import { tatoeba } from "../converters/tatoeba.ts";
import { tico19 } from "../converters/tico19.ts";
import { xquadR, xquadRContext } from "./xquadR.ts";

const CONVERTERS: readonly Converter[] = [
  xquadR,
  xquadRContext,
  ntrex128,
  tico19,
  tatoeba,
  nusax,
  mkqa,
  mkqaAnswers,
  mintaka,
  exams,
  afriqa,
  afriqaQuestions,
  mlqaR,
  belebele,
  ...nanoBeir,
  miracl,
  mrTydi,
  mmarco,
];

/** How an entry of origin "converted" is made; undefined for embedded sets and ids the catalogue lacks. */
export function findConverter(datasetId: string): Converter | undefined {
  return CONVERTERS.find((converter) => converter.datasetId === datasetId);
}

/** Converters that the given files are enough for: what files dropped on the page can become. */
export function convertersFor(fileNames: readonly string[]): readonly Converter[] {
  return CONVERTERS.filter((converter) => converter.accepts(fileNames));
}
