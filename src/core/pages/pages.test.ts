// Pages of runs, recipes and studies: what stands in them, that hostile names stay words, and that the lab reads them again.
import { describe, expect, it } from "vitest";
import { parseRecordFile } from "../export/recordJson.ts";
import { givenJson } from "../formats/givenText.ts";
import { expectedResult } from "../record/expectedResult.ts";
import { recipeCode } from "../record/recipeCode.ts";
import { DEFAULT_SPEC } from "../spec/presets.ts";
import { parseSpec } from "../spec/parseSpec.ts";
import { markup } from "../html/markup.ts";
import { analyse } from "../study/analysis/analyse.ts";
import { parseStudyResults } from "../study/results/parseStudyResults.ts";
import { studyCard } from "../study/words/studyCard.ts";
import { studyTables } from "../study/words/studyReport.ts";
import { inventedResults } from "../../testing/inventedStudy.ts";
import { fittingRecord } from "../../testing/fittingRecord.ts";
import { testRecord, testValues } from "../../testing/testRecord.ts";
import { cardPicture } from "./cardPicture.ts";
import { recipePage } from "./recipePage.ts";
import { runPage } from "./runPage.ts";
import { studyPage } from "./studyPage.ts";
import { trainedMarkup } from "./trainedMarkup.ts";

const NAME = `</script><img src=x onerror="alert(1)"><!--`;
const jsonIn = (html: string) => givenJson(new TextEncoder().encode(html), "a.html", "a run.json");
/** Elements and attributes that nobody meant: what stands in quotes is no part of either. */
const strangers = (html: string) => [
  ...(html.match(/<script(?! type="application\/json" id="hybrid-batch-lab">)|javascript:/gi) ?? []),
  ...(html.replace(/="[^"<>]*"/g, "").match(/<img|<!--|<[a-z][^>]*\son\w+/gi) ?? []),
];

describe("a run's page", () => {
  const tree = {
    name: NAME,
    record: testRecord,
    verdict: "One seed.",
    note: NAME,
    tags: [NAME],
    misfits: [NAME],
    hash: "v=7&preset=hybrid",
    page: `https://lab.example/"><script>`,
  };
  const html = runPage(tree);

  it("has its numbers, drawings, settings, digest and code as words, and its record as data", () => {
    for (const text of ["One seed.", ".344", "<svg", testRecord.digest, recipeCode(testRecord), "German"])
      expect(html).toContain(text);
    expect(parseRecordFile(jsonIn(html), "a.html").record).toEqual(testRecord);
  });

  it("groups thousands as the lab's page does, at axes too", () => {
    const points = [0, 6000].flatMap((step) => [
      { step, metric: "rankDistance" as const, value: 1698.4 - step / 100 },
      { step, metric: "map/multi" as const, value: 0.2 },
    ]);
    const record = { ...testRecord, points, spec: { ...testRecord.spec, steps: 6000 } };
    const shown = runPage({ ...tree, record }).replace(/<(script|style)[^]*?<\/\1>/g, "");
    for (const text of ["1,698", "1,638", ">2,000<", "6,000 of 6,000 steps"]) expect(shown).toContain(text);
    expect(shown).not.toMatch(/>(1698|1638|2000|4000)/);
  });

  it("keeps hostile names, notes, tags and addresses in their places", () => {
    expect(strangers(html)).toEqual([]);
    expect(html).toContain("&lt;/script&gt;&lt;img src=x");
    expect(runPage({ ...tree, page: "javascript:alert(1)" })).not.toContain("href=");
  });

  it("shows codes of languages that nobody knows as words", () => {
    const [lang, own] = Object.entries(testRecord.final.perLanguage)[0]!;
    const record = { ...testRecord, final: { ...testRecord.final, perLanguage: { [`<b>${lang}`]: own } } };
    const points = [{ step: 0, metric: "map/multi", value: 0.1, lang: "<script>x" }];
    const page = runPage({ ...tree, record: { ...record, points } });
    expect(strangers(page)).toEqual([]);
    expect(page).not.toMatch(/<b>/);
  });
});

describe("a study's page", () => {
  const { study, result } = parseStudyResults(JSON.parse(inventedResults()), "invented");
  const analysis = analyse(study, result);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
  const figures = new Map([["a", { title: NAME, description: NAME, sample: "6 seeds", svg }]]);
  const html = studyPage({ study, result, analysis, figures });

  it("has the card, the tables and the pictures, and its results as data", () => {
    const card = studyCard(study, analysis);
    expect(html).toContain(markup`${card.headline}`.html);
    expect(html.match(/<table>/g)!.length).toBe(studyTables(study, analysis).length);
    expect(html).toContain(`src="data:image/svg+xml,${encodeURIComponent(svg)}"`);
    expect(parseStudyResults(jsonIn(html), "a.html").study).toEqual(study);
  });

  it("keeps hostile names in their places", () => {
    const named = { ...study, title: NAME, question: NAME, note: NAME };
    const page = studyPage({ study: named, result, analysis: analyse(named, result), figures });
    expect(strangers(page)).toEqual(["<img"]); // the picture
  });
});

it("a card says of a record that does not fit itself that it was altered", () => {
  const record = fittingRecord(testValues);
  const altered = {
    ...record,
    final: { ...record.final, values: { ...record.final.values, "map/multi": 0.98 } },
  };
  const warning = "This record does not fit itself";
  expect(cardPicture(record)).not.toContain(warning);
  expect(cardPicture(altered)).toContain(warning);
});

it("a recipe's page is read as its spec", () => {
  const html = recipePage({ spec: DEFAULT_SPEC, hash: "v=7&preset=hybrid" });
  expect(parseSpec(jsonIn(html), "a.html")).toEqual(DEFAULT_SPEC);
  expect(html).toContain("#v=7&amp;preset=hybrid");
  expect(html).toContain(recipeCode({ spec: DEFAULT_SPEC }));
});

describe("a page that trains", () => {
  const training = { app: "start()", files: [{ path: "a/b.bin", content: new Uint8Array(3) }] };

  it("says what it trains in its link, and where it cannot", () => {
    const html = recipePage({ spec: DEFAULT_SPEC, hash: `v=7&name="><b>`, training });
    expect(html).toContain('data-link="v=7&amp;name=&quot;&gt;&lt;b&gt;"');
    expect(html).toContain("If this line stays, scripts are off in this viewer");
    expect(html).toContain('<script type="text/plain" data-file="a/b.bin">AAAA</script>');
    expect(parseSpec(jsonIn(html), "a.html")).toEqual(DEFAULT_SPEC);
    expect(recipePage({ spec: DEFAULT_SPEC, hash: "v=7" })).not.toContain("Train it here");
  });

  it("holds what it trained against what was recorded", () => {
    const same = trainedMarkup(testRecord, { record: testRecord }).html;
    expect(same).toContain("<h3>Repeated, to the last bit</h3>");
    expect(same).toContain("<td>.344</td><td>.344</td>");
    const map = testRecord.final.values["map/multi"]!;
    const other = (value: number, adapter: string) => ({
      ...testRecord,
      environment: { ...testRecord.environment, adapter },
      final: { ...testRecord.final, values: { ...testRecord.final.values, "map/multi": value } },
    });
    const near = trainedMarkup(other(map + 0.001, "another"), { record: testRecord }).html;
    expect(near).toContain("<h3>Reproduced, within tolerance</h3>");
    expect(near).toMatch(/<p>The record is of [^<]+, this is of [^<]+another\.</);
    const far = trainedMarkup(other(map + 0.1, "another"), { record: testRecord }).html;
    expect(far).toContain("<h3>Different</h3>");
    expect(far).toMatch(/<li>Metrics: <b>different<\/b>, final\.map\.multi: [.\d]+ there, [.\d]+ here/);
  });

  it("holds it against what a link says of a study's run", () => {
    const expected = expectedResult(testRecord)!;
    expect(trainedMarkup(testRecord, { expected }).html).toContain("<h3>Repeated, to the last bit</h3>");
    const other = { ...expected, digest: "0".repeat(16), map: { ...expected.map, multi: 0.9 } };
    expect(trainedMarkup(testRecord, { expected: other }).html).toMatch(
      /<h3>Different<\/h3>\n<p>[^]*sender 0\.9000, here/,
    );
  });

  it("holds nothing against a run that was stopped before, and shows a recipe's by itself", () => {
    const points = testRecord.points.filter(({ step }) => step === 0);
    expect(trainedMarkup({ ...testRecord, points, stoppedAt: 0 }, { record: testRecord }).html).toContain(
      "it is not held against the recorded run",
    );
    const alone = trainedMarkup(testRecord, {}).html;
    expect(alone).toContain("Before training");
    expect(alone).not.toContain("<h3>Repeated");
  });
});
