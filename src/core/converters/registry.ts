// Which converter makes which dataset of the catalogue. Never reads the catalogue.
import type { Converter } from "../data/converter.ts";
import { miracl, mrTydi } from "../collections/miracl.ts";
import { mmarco } from "../collections/mmarco.ts";
import { afriqa, afriqaQuestions } from "./afriqa.ts";
import { belebele } from "../collections/belebele.ts";
import { exams } from "./exams.ts";
import { mintaka } from "./mintaka.ts";
import { mkqa, mkqaAnswers } from "./mkqa.ts";
import { ntrex128 } from "./ntrex.ts";
import { nusax } from "./nusax.ts";
import { mlqaR } from "../collections/squadSentences.ts";
import { tatoeba } from "./tatoeba.ts";
import { tico19 } from "./tico19.ts";
import { xquadR, xquadRContext } from "../collections/xquadR.ts";

const CONVERTERS: readonly Converter[] = [
  ...[xquadR, xquadRContext, ntrex128, tico19, tatoeba, nusax, mkqa, mkqaAnswers, mintaka],
  ...[exams, afriqa, afriqaQuestions, mlqaR, belebele, miracl, mrTydi, mmarco],
];

/** How an entry of origin "converted" is made; undefined for embedded sets and ids the catalogue lacks. */
export function findConverter(datasetId: string): Converter | undefined {
  return CONVERTERS.find((converter) => converter.datasetId === datasetId);
}

/** Converters that the given files are enough for: what files dropped on the page can become. */
export function convertersFor(fileNames: readonly string[]): readonly Converter[] {
  return CONVERTERS.filter((converter) => converter.accepts(fileNames));
}
