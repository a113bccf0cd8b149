// Judgement files of collections: TREC's four columns or BEIR's three. The rules are core/trec's.
import { DataError, TrecFormatError } from "../inputError.ts";
import { readText } from "../formats/readText.ts";
import type { SourceFile } from "../formats/sourceFile.ts";
import { parseQrels } from "../trec/parseQrels.ts";
import type { Judgement } from "./retrievalRecords.ts";

/** @throws DataError naming file and line */
export async function* readJudgements(file: SourceFile): AsyncGenerator<Judgement> {
  const text = await readText(file);
  try {
    for (const [query, judgements] of parseQrels(text, file.name)) {
      for (const [document, grade] of judgements)
        yield { query, document, grade, where: `${file.name}, query ${query}` };
    }
  } catch (error) {
    throw error instanceof TrecFormatError ? new DataError(error.message, { cause: error }) : error;
  }
}
