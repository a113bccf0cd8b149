// Invented files in the layouts in which the hub has Belebele and NanoBEIR: path -> content. Writes no file.
import { parquetWriteBuffer } from "hyparquet-writer";
import type { FolderFiles } from "./ownFolders.ts";

type Row = Readonly<Record<string, string | number>>;

export const jsonLines = (rows: readonly Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

export function parquetFile(rows: readonly Row[]): Uint8Array {
  const columnData = Object.keys(rows[0]!).map((name) => ({ name, data: rows.map((row) => row[name]!) }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

export interface BelebeleRow {
  readonly link: string;
  readonly number: number;
  readonly passage: string;
  readonly question: string;
}

/** A row with all columns of the published files. */
export const belebeleRow = ({ link, number, passage, question }: BelebeleRow): Row => ({
  link,
  question_number: number,
  flores_passage: passage,
  question,
  mc_answer1: "-",
  mc_answer2: "-",
  mc_answer3: "-",
  mc_answer4: "-",
  correct_answer_num: "1",
  dialect: "-",
  ds: "2023-05-03",
});

const WORDS = "maji moto nyumba mti samaki jua mwezi nyota mto bahari mlima barabara shule soko".split(" ");
const words = (seed: number, n: number, lang: string) =>
  Array.from(
    { length: n },
    (_, i) => `${WORDS[(seed * (i + 3) + i * i) % WORDS.length]}${i % 2 ? "" : lang}`,
  ).join(" ");

/**
 * 12 passages with 20 questions in each language, in an order of its own; in the last language two questions, of two passages,
 * have the same words.
 */
export function belebeleRows(code: string, isLast = false): BelebeleRow[] {
  const lang = code.slice(0, 2);
  const rows = Array.from({ length: 20 }, (_, i) => {
    const passage = i % 12;
    const same = isLast && (i === 3 || i === 4);
    return {
      link: `https://example.org/${passage}`,
      number: i < 12 ? 1 : 2,
      passage: `${words(passage + 1, 9, lang)} ${WORDS[passage]} ${passage}`, // no two of the same words, in any order
      question: `${words(same ? 99 : passage + 1, 3, lang)}${same ? "" : ` ${WORDS[i % 14]}${i}`}?`,
    };
  });
  return isLast ? rows.reverse() : rows;
}

export const BELEBELE_CODES = ["eng_Latn", "hin_Deva", "hin_Latn", "swh_Latn"];

/** As the hub has it, a file for each language. */
export const belebeleFiles = (): FolderFiles =>
  Object.fromEntries(
    BELEBELE_CODES.map((code, i) => [
      `data/${code}.jsonl`,
      jsonLines(belebeleRows(code, i === BELEBELE_CODES.length - 1).map(belebeleRow)),
    ]),
  );

export const NANO_LANGUAGES = ["de", "en"];
export type NanoLayout = "mteb" | "configs" | "flat" | "converted";

/** 8 documents, one with a title, and 4 questions with 1 to 3 relevant documents; the same ids in both languages. */
export const nanoTables = (lang: string) => ({
  corpus: Array.from({ length: 8 }, (_, i) => ({
    _id: `d${i}`,
    title: i === 2 ? words(7, 2, lang) : "",
    text: `${words(i + 1, 8, lang)} ${WORDS[i]} ${i}`,
  })),
  queries: Array.from({ length: 4 }, (_, i) => ({ _id: `q${i}`, text: `${words(i + 1, 4, lang)}?` })),
  qrels: [
    ["q0", "d0"],
    ["q1", "d1"],
    ["q1", "d5"],
    ["q2", "d2"],
    ["q2", "d6"],
    ["q2", "d7"],
    ["q3", "d0"],
  ].map(([query, document]) => ({ "query-id": query!, "corpus-id": document!, score: 1 })),
});

/** Of one part, in one of the layouts that there are. */
export function nanoFiles(part: string, layout: NanoLayout): FolderFiles {
  const files: Record<string, Uint8Array> = {};
  for (const lang of NANO_LANGUAGES) {
    for (const [role, rows] of Object.entries(nanoTables(lang))) {
      const config = `Nano${part}_${lang}${role === "qrels" ? "_qrels" : ""}`;
      const place = {
        mteb: `MultilingualNano${part}Retrieval/${lang}-${role}/test-00000-of-00001.parquet`,
        configs: `${config}/${role}-00000-of-00001.parquet`,
        flat: `Nano${part}_${role}_${lang}.parquet`,
        converted: `${config}/${role}/0000.parquet`,
      }[layout];
      files[place] = parquetFile(rows);
    }
  }
  return files;
}
