import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { beforeAll, describe, expect, it } from "vitest";
import {
  archiveBytes,
  archiveTexts,
  handArchive,
  zipOf,
  type Texts,
} from "../../../testing/handMadeArchive.ts";
import { handStudy } from "../../../testing/handMadeStudy.ts";
import { memoryFile } from "../../formats/sourceFile.ts";
import { analyse } from "../analysis/analyse.ts";
import { writtenStudy } from "../parseStudy.ts";
import { describedDatasets } from "./studyArchive.ts";
import { readStudyArchive } from "./readStudyArchive.ts";

const archive = handArchive();
let texts: Texts = {};
beforeAll(async () => void (texts = await archiveTexts(archive)));

interface Entity {
  readonly "@id": string;
  readonly sha256?: string;
  readonly contentSize?: string;
}
const graphOf = (text: string) => (JSON.parse(text) as { "@graph": readonly Entity[] })["@graph"];

/** With other texts, of which the crate then knows: as one who alters a study with care leaves it. */
function rewritten(changes: Readonly<Record<string, (text: string) => string>>): Texts {
  const changed = Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [path, changes[path]?.(text) ?? text]),
  );
  const crate = JSON.parse(changed["ro-crate-metadata.json"]!) as { "@graph": Entity[] };
  const graph = crate["@graph"].map((entity) =>
    entity.sha256 === undefined
      ? entity
      : { ...entity, sha256: bytesToHex(sha256(utf8ToBytes(changed[entity["@id"]]!))) },
  );
  return { ...changed, "ro-crate-metadata.json": JSON.stringify({ ...crate, "@graph": graph }) };
}

describe("a study's zip", () => {
  it("has the study, its records, tables, figures and data, each with its hash in the crate", () => {
    expect(Object.keys(texts)).toEqual([
      "study.json",
      "results.json",
      "summary.json",
      "README.md",
      "tables/card.md",
      "tables/card.tex",
      "tables/cells.csv",
      "figures/Cr-mAP-by-mix.svg",
      "datasets/cldr-emoji.croissant.json",
      ...[...archive.result.runs].flatMap(({ cell, seed }) => [
        `runs/${cell}.${seed}.json`,
        `queries/${cell}.${seed}.json`,
      ]),
      "runs/mono-50.1.failed",
      "ro-crate-metadata.json",
    ]);
    const described = graphOf(texts["ro-crate-metadata.json"]!).filter((one) => one.sha256 !== undefined);
    expect(described.map((one) => one["@id"])).toEqual(Object.keys(texts).slice(0, -1));
    for (const { "@id": path, sha256: hash, contentSize } of described) {
      expect(hash).toBe(bytesToHex(sha256(utf8ToBytes(texts[path]!))));
      expect(contentSize).toBe(String(utf8ToBytes(texts[path]!).length));
    }
  });

  it("opens again with the same card, points and records", async () => {
    const opened = await readStudyArchive(memoryFile("study.zip", await archiveBytes(archive)));
    expect(opened.study).toEqual(archive.study);
    expect(opened.result).toEqual(archive.result);
    expect(analyse(opened.study, opened.result)).toEqual(archive.analysis);
    expect(opened.date).toBe("2026-11-29");
    const again = handArchive({ ...opened, datasets: archive.datasets });
    expect(await archiveTexts(again)).toEqual(texts);
  });

  it("is the same bytes for the same study, whatever run ended first", async () => {
    const { runs, missing } = archive.result;
    const otherwise = handArchive({ result: { runs: [...runs].reverse(), missing: [...missing].reverse() } });
    expect(await archiveBytes(otherwise)).toEqual(await archiveBytes(archive));
  });

  it("opens unpacked and zipped again in a folder, as a Mac does it", async () => {
    const again = Object.entries(texts).map(([path, text]) => [`my study/${path}`, text] as const);
    const file = await zipOf([
      ...again,
      ["__MACOSX/my study/._study.json", "x"],
      ["my study/.DS_Store", "x"],
    ]);
    expect((await readStudyArchive(file)).result).toEqual(archive.result);
  });

  it("opens without records where it was made of compact results", async () => {
    const compact = handArchive({ runs: undefined });
    const opened = await readStudyArchive(memoryFile("study.zip", await archiveBytes(compact)));
    expect(opened.records.size).toBe(0);
    expect(opened.result.runs.map(({ digest }) => digest).sort()).toEqual(
      archive.result.runs.map(({ digest }) => digest).sort(),
    );
  });
});

describe("a zip that is not as it was saved", () => {
  const [first, second] = archive.result.runs.map(({ cell, seed, digest }) => ({
    path: `runs/${cell}.${seed}.json`,
    digest,
  })) as [{ path: string; digest: string }, { path: string; digest: string }];
  /** The run of one path in another's place, with what its questions came to. */
  const placed = (at: string, from: string) => ({
    [at]: () => texts[from]!,
    [at.replace("runs/", "queries/")]: () => texts[from.replace("runs/", "queries/")]!,
  });
  const without = (path: string) => Object.fromEntries(Object.entries(texts).filter(([own]) => own !== path));
  const alter = (path: string, change: (text: string) => string) => ({
    ...texts,
    [path]: change(texts[path]!),
  });
  const record = (
    change: (record: { digest: string; points: { value: number }[]; spec: { seed: number } }) => void,
  ) =>
    rewritten({
      [first.path]: (text) => {
        const parsed = JSON.parse(text) as Parameters<typeof change>[0];
        change(parsed);
        return JSON.stringify(parsed);
      },
    });

  it.each([
    [
      "a path out of it",
      () => [...Object.entries(texts), ["../../evil.json", "{}"]],
      '"../../evil.json" leads out of the archive',
    ],
    [
      "an absolute path",
      () => [...Object.entries(texts), ["/etc/passwd", "x"]],
      '"/etc/passwd" leads out of the archive',
    ],
    ["a Windows path", () => [...Object.entries(texts), ["..\\evil", "x"]], "leads out of the archive"],
    ["no study", () => without("study.json"), "is no study’s zip: it has no study.json"],
    [
      "two studies",
      () => [...Object.entries(texts), ["other/study.json", texts["study.json"]!]],
      "holds 2 studies; a zip holds one",
    ],
    ["no crate", () => without("ro-crate-metadata.json"), "ro-crate-metadata.json is missing"],
    [
      "a crate that is none",
      () => alter("ro-crate-metadata.json", () => "{}"),
      "is no RO-Crate as the lab writes it",
    ],
    ["a missing record", () => without(first.path), `${first.path} is missing; take the zip as it was saved`],
    [
      "an altered record",
      () => alter(first.path, (text) => `${text} `),
      `${first.path} was altered since the zip was saved`,
    ],
    [
      "an altered table of questions",
      () => alter(first.path.replace("runs/", "queries/"), (text) => text.replace("0.5", "0.75")),
      "was altered since the zip was saved",
    ],
    [
      "a number altered with its hash",
      () => record((one) => void (one.points.at(-1)!.value = 0.99)),
      "does not fit itself",
    ],
    ["a spec altered with its hash", () => record((one) => void (one.spec.seed = 9)), "does not fit itself"],
    [
      "a record in another's place",
      () => rewritten(placed(first.path, second.path)),
      "has another digest than the study’s results have of it",
    ],
    [
      "two records exchanged, in the results too",
      () =>
        rewritten({
          ...placed(first.path, second.path),
          ...placed(second.path, first.path),
          "results.json": (text) => {
            const swapped = text.replaceAll(first.digest, "#").replaceAll(second.digest, first.digest);
            return swapped.replaceAll("#", second.digest);
          },
        }),
      "is of another run: its ",
    ],
    [
      "a study of another schema",
      () => rewritten({ "study.json": (text) => text.replace("study@1", "study@99") }),
      'study.json: is no study; its "schema" must be',
    ],
    [
      "results of another study",
      () =>
        rewritten({
          "study.json": () => JSON.stringify(writtenStudy({ ...handStudy, seeds: [1, 2], title: "Another" })),
        }),
      "study.json and results.json are of two studies",
    ],
    [
      "a record that the results do not name",
      () => {
        const crate = JSON.parse(texts["ro-crate-metadata.json"]!) as { "@graph": Entity[] };
        const stray = {
          ...crate["@graph"].find((one) => one["@id"] === first.path)!,
          "@id": "runs/mono-50.2.json",
        };
        return {
          ...texts,
          "runs/mono-50.2.json": texts[first.path]!,
          "ro-crate-metadata.json": JSON.stringify({ ...crate, "@graph": [...crate["@graph"], stray] }),
        };
      },
      "runs/mono-50.2.json is no run of the study’s results",
    ],
  ] as [string, () => Texts | [string, string][], string][])(
    "with %s is refused in one sentence",
    async (_, make, says) => {
      const said = await readStudyArchive(await zipOf(make())).then(
        () => "it was read",
        (error: unknown) => error as Error,
      );
      expect(said).toMatchObject({ message: expect.stringContaining(says) as string });
      expect(said).toMatchObject({ message: expect.stringMatching(/^study\.zip: [^\n]+$/) as string });
    },
  );

  it("that is a bomb is refused at the limit of packed files", async () => {
    const bomb = alter("results.json", () => "0".repeat(80 * 2 ** 20));
    await expect(readStudyArchive(await zipOf(bomb))).rejects.toThrow(/expands to more than 64 MiB/);
  });

  it("that is none, or cut, is refused", async () => {
    await expect(readStudyArchive(memoryFile("study.zip", "no zip at all"))).rejects.toThrow(
      "is not a whole zip file",
    );
    const bytes = await archiveBytes(archive);
    await expect(
      readStudyArchive(memoryFile("study.zip", bytes.slice(0, bytes.length - 400))),
    ).rejects.toThrow("is not a whole zip file");
  });
});

it("takes a manifest for a dataset only where it is of the contents that the records name", () => {
  const manifest = { sha256: "f".repeat(64) } as Parameters<typeof describedDatasets>[2][number];
  const { runs, missing } = archive.result;
  expect(describedDatasets({ runs, missing }, [], [manifest])).toEqual([
    { id: "cldr-emoji", sha256: "a".repeat(64) },
  ]);
  const [found] = describedDatasets({ runs, missing }, [], [{ ...manifest, sha256: "a".repeat(64) }]);
  expect(found?.manifest?.sha256).toBe("a".repeat(64));
});
