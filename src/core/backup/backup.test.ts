// Backups as files: read by another implementation of tar, cut, damaged, bombed.
import fc from "fast-check";
import { packTar, unpackTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import { testValues } from "../../testing/testRecord.ts";
import { parseQueryValues } from "../stats/queryValues.ts";
import { BACKUP_SCHEMA, packRow, parseBackupHead, unpackRow } from "./backupFile.ts";
import { createArchive, readArchive } from "./tarArchive.ts";

const textsOf = async (file: Blob) => {
  const { entries, problems } = await readArchive(file);
  return [
    await Promise.all(entries.map(async ({ name, content }) => [name, await content.text()])),
    problems,
  ];
};
const archiveOf = (files: readonly (readonly [string, string])[]) => {
  const archive = createArchive();
  for (const [name, text] of files) archive.add(name, new Blob([text]));
  return archive.blob();
};
const THREE = [
  ["a.json", "{}"],
  ["runs/1", "x".repeat(512)],
  ["runs/2", "y".repeat(700)],
] as const;

describe("an archive", () => {
  it("is a tar file as another implementation writes and reads it", async () => {
    const ours = await unpackTar(await archiveOf(THREE).arrayBuffer(), { strict: true });
    expect(ours.map(({ header, data }) => [header.name, new TextDecoder().decode(data)])).toEqual(THREE);
    const theirs = await packTar([
      { header: { name: "folder", type: "directory", size: 0 } },
      ...THREE.map(([name, body]) => ({ header: { name, size: body.length }, body })),
    ]);
    expect(await textsOf(new Blob([theirs]))).toEqual([THREE, []]);
    expect(await textsOf(archiveOf([]))).toEqual([[], []]);
  });

  it("gives what is whole of one that was cut anywhere", async () => {
    const whole = archiveOf(THREE);
    const ends = [512 + 512, 512 + 512 + 512 + 512, 4 * 512 + 512 + 1024]; // header and content of each
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.size }), async (size) => {
        const [found, problems] = await textsOf(whole.slice(0, size));
        const n = ends.filter((end, i) => end <= size || size >= end - (-THREE[i]![1].length & 511)).length;
        expect(found).toEqual(THREE.slice(0, n));
        expect(problems).toHaveLength(size >= ends[2]! + 512 ? 0 : 1);
      }),
    );
  });

  it("loses what damage hit and goes on behind it", async () => {
    const bytes = new Uint8Array(await archiveOf(THREE).arrayBuffer());
    const hit = bytes.slice();
    hit[1024 + 3]! ^= 1; // in the second header
    expect(await textsOf(new Blob([hit]))).toEqual([
      [THREE[0], THREE[2]],
      ["from byte 1024 on it is cut or damaged"],
    ]);
    const twice = new Blob([bytes.slice(0, 1024), bytes]);
    expect((await textsOf(twice))[1]).toEqual(["a.json is in it twice; the first is taken"]);
  });
});

describe("a row", () => {
  it("comes back with the same values of single questions", async () => {
    const back = await unpackRow(await packRow({ format: 1, queryValues: testValues }), "row");
    const { queryValues } = back as { queryValues: unknown };
    expect(parseQueryValues(queryValues, "row")).toEqual(testValues);
  });

  it("is refused in one sentence where it is cut, a bomb, or no JSON", { timeout: 180_000 }, async () => {
    const whole = await packRow({ list: Array.from({ length: 999 }, (_, i) => i * i) });
    const gz = (text: BlobPart) =>
      new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
    const bomb = await gz(new Uint8Array(65 * 2 ** 20));
    await expect(unpackRow(whole.slice(0, whole.size - 20), "runs/1")).rejects.toThrow(
      /^runs\/1: is not a whole gzip file/,
    );
    await expect(unpackRow(bomb, "runs/2")).rejects.toThrow(/^runs\/2: expands to more than 64 MiB/);
    await expect(unpackRow(await gz("{"), "runs/3")).rejects.toThrow(/^runs\/3: is not JSON/);
  });
});

describe("a head", () => {
  const head = { schema: BACKUP_SCHEMA, format: 1, lab: "0.2.0", createdAt: 1 };

  it("is read as the first version wrote it", () => {
    expect(parseBackupHead({ ...head, draft: "v=1", later: 1 }, "b.tar")).toEqual({ ...head, draft: "v=1" });
  });

  it("is refused where it is another file's, or a newer lab's", () => {
    expect(() => parseBackupHead({ schema: "hybrid-batch-lab/runs@1" }, "b.tar")).toThrow(
      'b.tar: is no backup of the lab; its "schema" must be "hybrid-batch-lab/backup@1", got "hybrid-batch-lab/runs@1"',
    );
    expect(() => parseBackupHead({ ...head, format: 99 }, "b.tar")).toThrow(
      "b.tar: its format is 99, but this lab reads backups up to 1; a newer lab wrote it",
    );
    expect(() => parseBackupHead({ ...head, createdAt: "now" }, "b.tar")).toThrow(
      /^b.tar: createdAt is not as in/,
    );
  });
});
