// Converters of questions and answers on invented files in the real layouts, and the counts of the real ones.
import { describe, expect, it } from "vitest";
import { folderFiles } from "../../cli/files/nodeFiles.ts";
import { converted, jsonl, type Converted } from "../../testing/convertedRecords.ts";
import { unpackFiles } from "../formats/unpack.ts";
import { afriqa } from "./afriqa.ts";
import { exams } from "./exams.ts";
import { mkqaAnswers } from "./mkqa.ts";

/** "lang split text < concepts" and "lang split text > concept" */
const shown = ({ queries, passages }: Converted) => [
  ...queries.map(({ lang, split, text, concept }) => `${lang} ${split} ${text} > ${concept}`),
  ...passages.map(({ lang, split, text, concepts }) => `${lang} ${split} ${text} < ${concepts.join(" ")}`),
];

describe("exams", () => {
  const question = (id: string, language: string, stem: string, right: string, answerKey = "B") => ({
    id,
    question: {
      stem,
      choices: [
        { text: "wrong", label: "A" },
        { text: right, label: "B" },
      ],
    },
    answerKey,
    info: { language, grade: 12, subject: "Biology" },
  });
  const files = (...train: unknown[]) => [
    jsonl("train.jsonl.tar.gz/train.jsonl", ...train),
    jsonl("dev.jsonl", question("d", "French", "Quoi ?", "rien")),
    jsonl("test.jsonl", question("t", "French", "Quand ?", "rien")),
    jsonl("parallel_questions.jsonl", { a: ["b"] }, { b: ["a", "c"] }, { c: ["b"] }),
  ];

  it("joins parallel questions to one concept and shares equal answers within a split", async () => {
    const made = await converted(
      exams,
      files(
        question("c", "Turkish", "Ne?", "iki"),
        question("a", "Albanian", "Sa?", "dy"),
        question("x", "Turkish", "Kaç?", "iki"),
        question("y", "Turkish", "Kim?", "-", "@"),
      ),
    );
    expect(shown(made)).toEqual([
      "fr test Quoi ? > d",
      "fr test Quand ? > t",
      "tr train Ne? > a",
      "sq train Sa? > a",
      "tr train Kaç? > x",
      "fr test rien < d t",
      "tr train iki < a x",
      "sq train dy < a",
    ]);
    expect(made.notes).toEqual([
      "Left out once: questions without a stem or a right choice (first: train.jsonl.tar.gz/train.jsonl line 4)",
    ]);
  });

  it("refuses an unknown language and a group of one", async () => {
    await expect(converted(exams, files(question("a", "Klingon", "?", "!")))).rejects.toThrow(
      /^train\.jsonl\.tar\.gz\/train\.jsonl line 1: info\.language: /,
    );
    const loop = [...files().slice(0, 3), jsonl("parallel_questions.jsonl", { a: ["a"] })];
    await expect(converted(exams, loop)).rejects.toThrow(
      "parallel_questions.jsonl line 1: question a is listed",
    );
  });
});

it("afriqa asks in both languages and shares a gold passage", async () => {
  const row = (id: string, title: string | null, context: string | null) => ({
    id,
    title,
    context,
    question_lang: `Swali ${id}?`,
    question_translated: `Question ${id}?`,
    answer_lang: "-",
    answer_pivot: { answer_start: [-1], text: ["-"] },
  });
  const name = (part: string) => `hau/gold_span_passages.afriqa.hau.en.${part}.json`;
  const made = await converted(afriqa, [
    jsonl(name("train"), row("0", "Kano", "A city."), row("1", "Kano", "A city."), row("2", null, null)),
    jsonl(name("dev"), row("0", null, "A river.")),
  ]);
  expect(shown(made)).toEqual([
    "ha test Swali 0? > hau.dev.0",
    "en test Question 0? > hau.dev.0",
    "ha train Swali 0? > hau.train.0",
    "en train Question 0? > hau.train.0",
    "ha train Swali 1? > hau.train.1",
    "en train Question 1? > hau.train.1",
    "en test A river. < hau.dev.0",
    "en train Kano\nA city. < hau.train.0 hau.train.1",
  ]);
  expect(made.notes).toEqual([
    "Left out once: questions that are empty or have no passage (first: hau/gold_span_passages.afriqa.hau.en.train.json line 3)",
  ]);
});

it("mkqa-answers leaves out and counts the questions without an answer", async () => {
  const row = (id: number, answers: string[]) => ({
    id: `${id}_en`,
    lang: "en",
    question: `${id}?`,
    answers,
  });
  const made = await converted(mkqaAnswers, [
    jsonl("mkqa-en.jsonl", row(1, ["1984", "84"]), row(2, ["1984"]), row(3, []), row(4, [" "])),
  ]);
  expect(made.passages.map(({ text, concepts }) => [text, concepts])).toEqual([
    ["1984", ["1", "2"]],
    ["84", ["1"]],
  ]);
  expect(made.queries.map(({ concept }) => concept)).toEqual(["1", "2"]);
  expect(made.notes).toEqual(["Left out: 2 questions without an answer (first: mkqa-en.jsonl line 3)"]);
});

const folder = process.env["LAB_DATA_DIR"];
if (!folder) console.warn("SKIPPED: counts of the real question sets. Set LAB_DATA_DIR");

describe.skipIf(!folder)("the real files", () => {
  it("of exams: 24,143 questions, of which 5 have no stem or no right choice", async () => {
    const { queries, passages } = await converted(
      exams,
      await unpackFiles(await folderFiles(`${folder}/exams`)),
    );
    expect(queries).toHaveLength(24_138);
    expect(new Set(queries.map(({ lang }) => lang)).size).toBe(16);
    // Every question finds its answer in its own language and split, and no concept is in both splits.
    const answered = new Set(passages.flatMap((p) => p.concepts.map((c) => `${p.lang} ${p.split} ${c}`)));
    expect(queries.every((q) => answered.has(`${q.lang} ${q.split} ${q.concept}`))).toBe(true);
    const train = new Set(queries.filter((q) => q.split === "train").map((q) => q.concept));
    expect(queries.some((q) => q.split === "test" && train.has(q.concept))).toBe(false);
  });
});
