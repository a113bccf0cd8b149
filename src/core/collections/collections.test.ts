// Retrieval collections on invented files in the published layouts: what becomes a record, what is left out and counted.
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { memoryFile } from "../formats/sourceFile.ts";
import { convertedWhole, gradedLines, jsonl, tsv } from "../../testing/convertedRecords.ts";
import { createBeirConverter } from "./beir.ts";
import { miracl, mrTydi } from "./miracl.ts";
import { mmarco } from "./mmarco.ts";
import { mlqaR } from "./squadSentences.ts";
import { formatsFor } from "./userFormats.ts";

describe("a BEIR folder", () => {
  const files = [
    jsonl(
      "set/corpus.jsonl",
      { _id: "d1", title: "Cats", text: "Cats are grey." },
      { _id: "d2", title: "", text: "Foxes are red." },
      { _id: "q2", text: "A document that shares a query's id." },
      { _id: "d4", title: "", text: " " },
    ),
    jsonl(
      "set/queries.jsonl",
      { _id: "q1", text: "grey?" },
      { _id: "q2", text: "red?" },
      { _id: "q3", text: "blue?" },
    ),
    tsv("set/qrels/train.tsv", "query-id\tcorpus-id\tscore", "q1\td1\t2", "q1\td2\t1", "q1\tq2\t0"),
    tsv(
      "set/qrels/test.tsv",
      "query-id\tcorpus-id\tscore",
      "q2\tq2\t1",
      "q3\td4\t1",
      "q9\td1\t1",
      "q2\tgone\t1",
    ),
  ];

  it("gives graded records of one pool, keeps ids shared with queries, and counts what it leaves out", async () => {
    const converted = await convertedWhole(createBeirConverter("mine", { lang: "sw" }), files);
    expect(gradedLines(converted)).toEqual([
      "sw:q1 train grey? > q1",
      "sw:q2 test red? > q2",
      "sw:d1 Cats\nCats are grey. < q9:1 q1:2",
      "sw:d2 Foxes are red. < q1:1",
      "sw:q2 A document that shares a query's id. < q2:1",
    ]);
    expect(new Set(converted.passages.map(({ split }) => split))).toEqual(new Set(["any"]));
    expect(converted.notes).toEqual([
      "Left out once: judgements of a document as not relevant (first: set/qrels/train.tsv, query q1)",
      "Left out once: documents without text (first: set/corpus.jsonl line 4)",
      // Judgements are gone through query by query: q2's missing document comes before q3's.
      "Left out: 2 judged documents that are not in the collection (first: gone)",
      "Noted once: queries with the id of a document, which counts as any other; BEIR and MTEB leave it out (--leave-out-own, or its box in the page) (first: set/queries.jsonl line 2)",
      "Left out once: queries without a relevant document (first: set/queries.jsonl line 3). By query > passage language: sw > sw 1",
      "Left out once: judged queries that are not given (first: q9)",
    ]);
  });

  it("without a language is English, and says so", async () => {
    const { queries, notes } = await convertedWhole(createBeirConverter("mine"), files);
    expect(queries[0]!.lang).toBe("en");
    expect(notes).toContain("Noted once: folders that name no language; English is assumed (first: set)");
  });

  it("takes a folder per language, with concepts of their own", async () => {
    const ofLanguage = (lang: string) =>
      files.map((file) => ({ ...file, name: file.name.replace("set", `set/${lang}`) }));
    const { queries } = await convertedWhole(createBeirConverter("mine"), [
      ...ofLanguage("yo"),
      ...ofLanguage("sw"),
    ]);
    expect(queries.map(({ concept }) => concept)).toEqual(["sw:q1", "sw:q2", "yo:q1", "yo:q2"]);
    expect(queries.map(({ lang }) => lang)).toEqual(["sw", "sw", "yo", "yo"]);
  });

  it.each([
    [
      tsv("set/qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td1"),
      "set/qrels/test.tsv, line 2: got 2 columns",
    ],
    [tsv("set/qrels/test.tsv", "query-id\tcorpus-id\tscore", "q1\td1\thigh"), 'got grade "high"'],
    [
      jsonl("set/corpus.jsonl", { _id: "d1", text: 1 }, { text: "b" }),
      "set/corpus.jsonl line 2: has no text in _id",
    ],
    [
      jsonl("set/corpus.jsonl", { _id: "d1", text: "a" }, { _id: "d1", text: "b" }),
      "line 2: document d1 occurs twice",
    ],
    [
      jsonl("set/queries.jsonl", { _id: "q1", text: "a" }, { _id: "q1", text: "b" }),
      "line 2: query q1 occurs twice",
    ],
    [memoryFile("set/corpus.jsonl", '{"_id": "d1"'), "set/corpus.jsonl line 1 is not JSON"],
  ])("refuses %# by file and line", async (broken, message) => {
    const others = files.filter(({ name }) => name !== broken.name);
    await expect(
      convertedWhole(createBeirConverter("mine", { lang: "en" }), [...others, broken]),
    ).rejects.toThrow(message);
  });
});

describe("an MTEB folder of Parquet", () => {
  const parquet = (name: string, columns: Record<string, (string | number)[]>) =>
    memoryFile(
      name,
      new Uint8Array(
        parquetWriteBuffer({
          columnData: Object.entries(columns).map(([column, data]) => ({ name: column, data })),
        }),
      ),
    );
  const files = (lang: string) => [
    parquet(`${lang}-corpus/test-00000-of-00001.parquet`, {
      _id: ["d1", "d2"],
      title: ["T", ""],
      text: ["one", "two"],
    }),
    parquet(`${lang}-queries/test-00000-of-00001.parquet`, { _id: ["q1", "q2"], text: ["1?", "2?"] }),
    parquet(`${lang}-qrels/train-0.parquet`, { "query-id": ["q1"], "corpus-id": ["d1"], score: [1] }),
    parquet(`${lang}-qrels/test-0.parquet`, { "query-id": ["q2"], "corpus-id": ["d2"], score: [3] }),
  ];

  it("gives each configuration's language", async () => {
    const converted = await convertedWhole(createBeirConverter("mine"), [
      ...files("swh_Latn"),
      ...files("yor"),
    ]);
    expect(gradedLines(converted).filter((line) => line.startsWith("sw"))).toEqual([
      "sw:q1 train 1? > sw:q1",
      "sw:q2 test 2? > sw:q2",
      "sw:d1 T\none < sw:q1:1",
      "sw:d2 two < sw:q2:3",
    ]);
    expect(converted.passages).toHaveLength(4);
    expect(formatsFor(files("yor").map(({ name }) => name))[0]?.id).toBe("beir");
  });

  it("takes corpus, queries and default of a set of one language", async () => {
    const single = files("x").map((file) => ({
      ...file,
      name: file.name
        .replace("x-corpus", "corpus")
        .replace("x-queries", "queries")
        .replace("x-qrels", "default"),
    }));
    expect(gradedLines(await convertedWhole(createBeirConverter("mine", { lang: "th" }), single))[0]).toBe(
      "th:q1 train 1? > q1",
    );
  });
});

describe("MIRACL and Mr. TyDi", () => {
  const corpus = (name: string) =>
    jsonl(
      name,
      { docid: "1#0", title: "Mji", text: "Nairobi." },
      { docid: "1#1", title: "Mji", text: "Dodoma." },
    );
  it("read topics, four-column judgements and passages", async () => {
    const converted = await convertedWhole(miracl, [
      tsv("topics/topics.miracl-v1.0-sw-dev.tsv", "6\tMji mkuu?", "7\tLini?"),
      tsv("topics/topics.miracl-v1.0-yo-dev.tsv", "6\tIlu?"),
      tsv("qrels/qrels.miracl-v1.0-sw-dev.tsv", "6\tQ0\t1#0\t1", "6\tQ0\t1#1\t0", "7\tQ0\t9#9\t1"),
      corpus("miracl-corpus-v1.0-sw/docs-0.jsonl"),
    ]);
    expect(gradedLines(converted)).toEqual([
      "sw:6 test Mji mkuu? > sw:6",
      "sw:1#0 Mji\nNairobi. < sw:6:1",
      "sw:1#1 Mji\nDodoma. <",
    ]);
    expect(converted.notes[0]).toBe("Left out once: languages without passages or judgements (first: yo)");
    expect(converted.notes).toContain(
      "Left out once: queries without a relevant document (first: topics/topics.miracl-v1.0-sw-dev.tsv line 2). By query > passage language: sw > sw 1",
    );
  });
  it("tell Mr. TyDi's parts and languages by their paths", async () => {
    const at = "mrtydi-v1.1-swahili.tar.gz/mrtydi-v1.1-swahili";
    const converted = await convertedWhole(mrTydi, [
      tsv(`${at}/topic.train.tsv`, "1\tNani?"),
      tsv(`${at}/topic.test.tsv`, "2\tWapi?"),
      tsv(`${at}/qrels.train.txt`, "1 Q0 1#0 1"),
      tsv(`${at}/qrels.test.txt`, "2 Q0 1#1 1"),
      jsonl(
        `${at}/collection/docs.jsonl`,
        { id: "1#0", contents: "Mji\n\nNairobi." },
        { id: "1#1", contents: "Ziwa" },
      ),
    ]);
    expect(gradedLines(converted)).toEqual([
      "sw:2 test Wapi? > sw:2",
      "sw:1 train Nani? > sw:1",
      "sw:1#0 Mji\nNairobi. < sw:1:1",
      "sw:1#1 Ziwa < sw:2:1",
    ]);
  });
  it("read Mr. TyDi's folders of the hub: train, dev and test topics over one corpus of each language", async () => {
    const at = (lang: string) => `mrtydi-v1.1-${lang}`;
    const converted = await convertedWhole(mrTydi, [
      ...["swahili", "thai"].map((lang) => corpus(`${at(lang)}/corpus.jsonl`)),
      tsv(`${at("swahili")}/ir-format-data/topics.train.txt`, "0\tNani?", "3\tNini?"),
      tsv(`${at("swahili")}/ir-format-data/qrels.train.txt`, "0 Q0 1#0 1", "3 Q0 8#0 1"),
      tsv(`${at("swahili")}/ir-format-data/topics.dev.txt`, "1\tLini?"),
      tsv(`${at("swahili")}/ir-format-data/qrels.dev.txt`, "1 Q0 1#0 1", "1 Q0 1#1 1"),
      tsv(`${at("swahili")}/ir-format-data/topics.test.txt`, "2\tWapi?"),
      tsv(`${at("swahili")}/ir-format-data/qrels.test.txt`, "2 Q0 1#1 1"),
      tsv(`${at("thai")}/ir-format-data/topics.test.txt`, "2\t?"),
      tsv(`${at("thai")}/ir-format-data/qrels.test.txt`, "2 Q0 1#0 1"),
    ]);
    // Of five topics, Swahili's 3 has no relevant passage; the same id in two languages is two concepts.
    expect(gradedLines(converted)).toEqual([
      "sw:1 test Lini? > sw:1",
      "sw:2 test Wapi? > sw:2",
      "sw:0 train Nani? > sw:0",
      "th:2 test ? > th:2",
      "sw:1#0 Mji\nNairobi. < sw:1:1 sw:0:1",
      "sw:1#1 Mji\nDodoma. < sw:1:1 sw:2:1",
      "th:1#0 Mji\nNairobi. < th:2:1",
      "th:1#1 Mji\nDodoma. <",
    ]);
    expect(converted.notes).toEqual([
      "Left out once: judged documents that are not in the collection (first: 8#0)",
      "Left out once: queries without a relevant document (first: mrtydi-v1.1-swahili/ir-format-data/topics.train.txt line 2). By query > passage language: sw > sw 1",
    ]);
  });
});

it("mMARCO shares its judgements and its concepts between languages", async () => {
  const files = [
    ...["hindi", "german"].flatMap((lang) => [
      tsv(`collections/${lang}_collection.tsv`, `0\t${lang} zero`, `1\t${lang} one`),
      tsv(`queries/${lang}_queries.train.tsv`, `10\t${lang} ten?`),
      tsv(`queries/${lang}_queries.dev.small.tsv`, `11\t${lang} eleven?`),
    ]),
    tsv("qrels.dev.small.tsv", "11\t0\t1\t1"),
    tsv("triples.train.ids.small.tsv", "10\t0\t1", "10\t0\t7"),
  ];
  expect(gradedLines(await convertedWhole(mmarco, files))).toEqual([
    "de:11 test german eleven? > 11",
    "de:10 train german ten? > 10",
    "hi:11 test hindi eleven? > 11",
    "hi:10 train hindi ten? > 10",
    "de:0 german zero < 10:1",
    "de:1 german one < 11:1",
    "hi:0 hindi zero < 10:1",
    "hi:1 hindi one < 11:1",
  ]);
});

it("tells documents apart by id and text through every growth of its table", async () => {
  const ids = Array.from({ length: 60_000 }, (_, i) => ({ _id: `d${i}`, text: `text ${i}` }));
  const folder = (...more: { _id: string; text: string }[]) => [
    jsonl("corpus.jsonl", ...ids, ...more),
    jsonl("queries.jsonl", { _id: "q", text: "?" }),
    tsv("qrels/test.tsv", "query-id\tcorpus-id\tscore", "q\td59999\t1"),
  ];
  const beir = createBeirConverter("mine", { lang: "sw" });
  const { passages, notes } = await convertedWhole(beir, folder(ids[0]!, ids[50_000]!));
  expect(passages).toHaveLength(60_000);
  expect(notes).toEqual([
    "Left out: 2 documents given twice, word for word (first: corpus.jsonl line 60001)",
  ]);
  await expect(convertedWhole(beir, folder({ _id: "d50000", text: "another" }))).rejects.toThrow(
    "corpus.jsonl line 60001: document d50000 occurs twice with different texts",
  );
});

it("MLQA-R's layout: questions in some languages only; the pairs without a relevant sentence are counted", async () => {
  const file = (lang: string, questions: [string, number][]) =>
    memoryFile(
      `${lang}.json`,
      JSON.stringify({
        data: [
          {
            paragraphs: [
              {
                context: "One. Two.",
                sentence_breaks: [
                  [0, 4],
                  [5, 9],
                ],
                sentences: ["One.", "Two."],
                qas: questions.map(([id, start]) => ({
                  id,
                  question: `${id}?`,
                  answers: [{ answer_start: start, text: "-" }],
                })),
              },
            ],
          },
        ],
      }),
    );
  const asked: Record<string, [string, number][]> = {
    ar: [["a", 0]],
    de: [
      ["a", 5],
      ["b", 0],
    ],
    en: [
      ["a", 0],
      ["b", 0],
      ["c", 4],
    ],
    es: [["b", 5]],
    hi: [],
    vi: [],
    zh: [["c", 0]],
  };
  const converted = await convertedWhole(
    mlqaR,
    Object.entries(asked).map(([lang, questions]) => file(lang, questions)),
  );
  expect(converted.passages).toHaveLength(14);
  // c's answer in English starts between the sentences.
  expect(converted.queries.map(({ _id }) => _id)).toEqual([
    "ar:a",
    "de:a",
    "de:b",
    "en:a",
    "en:b",
    "es:b",
    "zh:c",
  ]);
  // a is answered in ar, de, en: 3 queries x 4 pools without; b in de, en, es: 3 x 4; c in zh: 1 x 6. Together 30.
  expect(converted.notes).toEqual([
    "Left out once: questions whose answer lies in no sentence (first: en.json, article 0, paragraph 0: answer_start 4 of question c lies in no sentence)",
    "Left out: 30 pairs of a question and a pool without a relevant sentence (first: ar:a in es). By query > passage language: " +
      "ar > es 1, ar > hi 1, ar > vi 1, ar > zh 1, de > ar 1, de > es 1, de > hi 2, de > vi 2, de > zh 2, " +
      "en > ar 1, en > es 1, en > hi 2, en > vi 2, en > zh 2, es > ar 1, es > hi 1, es > vi 1, es > zh 1, " +
      "zh > ar 1, zh > de 1, zh > en 1, zh > es 1, zh > hi 1, zh > vi 1",
  ]);
});
