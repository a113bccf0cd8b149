// NusaX (Winata et al. 2023): sentences of reviews in 12 languages of Indonesia and in English, a column each.
// Concept = row. The publisher's train rows train; valid and test are test.
import type { Converter } from "./converter.ts";
import { DataError } from "../inputError.ts";
import { readCsv } from "../formats/readCsv.ts";
import { findFiles, hasFile } from "./findFiles.ts";
import { bitext } from "./parallelTexts.ts";

const FILES = /(train|valid|test)\.csv/;
/** Column -> language. */
export const NUSAX_LANGUAGES: Readonly<Record<string, string>> = {
  indonesian: "id",
  acehnese: "ace",
  banjarese: "bjn",
  english: "en",
  madurese: "mad",
  ngaju: "nij",
  sundanese: "su",
  balinese: "ban",
  buginese: "bug",
  javanese: "jv",
  minangkabau: "min",
  toba_batak: "bbc",
};

export const nusax: Converter = {
  datasetId: "nusax",
  fileNames: ["train.csv", "valid.csv", "test.csv"],
  accepts: (names) => ["train", "valid", "test"].every((part) => hasFile(names, new RegExp(`${part}\\.csv`))),
  async *convert(files, report) {
    for (const { file, parts } of findFiles(files, FILES)) {
      const split = parts[0] === "train" ? "train" : "test";
      const seen = new Set<string>();
      for (const { cells, where } of await readCsv(file, ["", ...Object.keys(NUSAX_LANGUAGES)])) {
        const concept = `${parts[0]}.${cells[""]}`; // the row's number, in a column without a name
        if (seen.size === seen.add(concept).size)
          throw new DataError(`${where}: number ${cells[""]} occurs twice`);
        for (const [column, lang] of Object.entries(NUSAX_LANGUAGES)) {
          const text = cells[column]!.trim();
          if (text === "") report.leaveOut("empty cells", `${where}, ${column}`);
          else yield* bitext({ _id: `${lang}:${concept}`, text, lang, concept, split });
        }
      }
    }
  },
};
