// Belebele (Bandarkar et al. 2024): FLORES passages with questions, parallel in 122 languages. Concept = question; a passage
// answers its one or two questions. The answers to choose from are not used. All of it is test, as its publisher asks.
import type { Converter } from "../converters/converter.ts";
import { DataError } from "../inputError.ts";
import { readTable } from "../formats/readTable.ts";
import { optionalText, textField } from "../formats/tableRow.ts";
import { languageTag } from "../languages/languageTag.ts";
import { findFiles, hasFile } from "../converters/findFiles.ts";
import { createSharedPassages } from "../converters/parallelTexts.ts";

const FILES = /([a-z]{3}_[A-Za-z]{4})\.(?:jsonl|parquet)/;

export const belebele: Converter = {
  datasetId: "belebele",
  fileNames: ["*_*.jsonl (such as swh_Latn.jsonl)"],
  accepts: (names) => hasFile(names, FILES),
  async *convert(files, report) {
    const passages = createSharedPassages();
    for (const { file, parts } of findFiles(files, FILES)) {
      const lang = languageTag(parts[0]!);
      if (lang === null) throw new DataError(`${file.name}: "${parts[0]}" is no language code`);
      const seen = new Set<string>();
      for await (const row of readTable(file)) {
        const [question, text] = [textField(row, "question").trim(), textField(row, "flores_passage").trim()];
        // Its documentation: link and split name a passage, the number (1 or 2) its question.
        const passage = [textField(row, "link"), optionalText(row, "split")].filter((part) => part !== "");
        const concept = [...passage, textField(row, "question_number")].join(" ");
        const nth = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((n) => !seen.has(`${concept} ${n}`));
        if (nth === undefined) throw new DataError(`${row.where}: question ${concept} occurs too often`);
        seen.add(`${concept} ${nth}`);
        if (nth > 1)
          report.remark(
            "questions with the link and number of another; told apart by their order",
            row.where,
          );
        if (question === "" || text === "") {
          report.leaveOut("questions without text or passage", row.where);
          continue;
        }
        const name = nth === 1 ? concept : `${concept} ${nth}`;
        passages.add({ text, lang, split: "test", concept: name });
        yield {
          side: "queries",
          record: { _id: `${lang}:${name}`, text: question, lang, concept: name, split: "test" },
        };
      }
    }
    yield* passages.records();
  },
};
