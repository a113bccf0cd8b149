// NTREX-128 (Federmann et al. 2022): English news and its translations, one sentence a line, the same lines in all files.
// Concept = line. Splits by document.
import type { Converter } from "./converter.ts";
import { DataError } from "../inputError.ts";
import { readLines } from "../formats/readText.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { findFile, findFiles, hasFile } from "./findFiles.ts";
import { bitext, splitByHash, tagVarieties } from "./parallelTexts.ts";

const TEXTS = /newstest2019-(?:src|ref)(-2)?\.([\w-]+)\.txt/;
const DOCUMENTS = /DOCUMENT_IDS\.tsv/;

export const ntrex128: Converter = {
  datasetId: "ntrex-128",
  fileNames: ["DOCUMENT_IDS.tsv", "newstest2019-src.eng.txt", "newstest2019-ref.*.txt"],
  accepts: (names, languages) =>
    hasFile(names, DOCUMENTS) && names.filter((name) => hasFile([name], TEXTS)).length >= (languages ? 1 : 2),
  async *convert(files, report) {
    const documents = await readAll(findFile(files, DOCUMENTS, "DOCUMENT_IDS.tsv"));
    const texts = findFiles(files, TEXTS).filter(({ file, parts }) => {
      if (parts[0] !== "") report.leaveOut("second translations into a language", file.name);
      return parts[0] === "";
    });
    const tags = tagVarieties(
      texts.map(({ parts }) => parts[1]!),
      report,
    );
    for (const { file, parts } of texts) {
      const lang = tags.get(parts[1]!);
      if (lang === undefined) continue;
      let line = 0;
      for await (const { text, number, where } of readLines(file)) {
        const document = documents[number - 1];
        if (document === undefined) throw unaligned(file, number, documents.length);
        line = number;
        if (text.trim() === "") {
          report.leaveOut("empty lines", where);
          continue;
        }
        const concept = String(number);
        yield* bitext({ _id: `${lang}:${concept}`, text, lang, concept, split: splitByHash(document) });
      }
      if (line !== documents.length) throw unaligned(file, line, documents.length);
    }
  },
};

async function readAll(file: SourceFile): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { text } of readLines(file)) lines.push(text);
  return lines;
}

function unaligned(file: SourceFile, lines: number, expected: number): DataError {
  return new DataError(
    `${file.name}: ${lines} lines or more, but DOCUMENT_IDS.tsv has ${expected}; they must be aligned`,
  );
}
