// A study's zip on the command line: written from a folder, opened again, refused where it was altered.
import { gzipSync } from "node:zlib";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { memoryFile } from "../../core/formats/sourceFile.ts";
import { openZip } from "../../core/formats/unpack.ts";
import { readText } from "../../core/formats/readText.ts";
import { archiveTexts, handArchive } from "../../testing/handMadeArchive.ts";
import { lab } from "../commands.ts";

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-study-zip-"));
  // As `lab sweep` leaves it: what questions came to is packed there.
  for (const [name, text] of Object.entries(await archiveTexts(handArchive()))) {
    const isQueries = name.startsWith("queries/");
    if (!isQueries && name !== "study.json" && !name.startsWith("runs/")) continue;
    const file = path.join(dir, "folder", isQueries ? `${name}.gz` : name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, isQueries ? gzipSync(text) : text);
  }
});
afterAll(() => rm(dir, { recursive: true }));

async function report(name: string, ...args: string[]) {
  const out: string[] = [];
  const say = (line: string) => void out.push(line);
  const code = await lab(["report", path.join(dir, name), ...args], { out: say, err: say });
  return { code, text: out.join("\n") };
}
const zipTo = (from: string, to: string) => report(from, "--to", "zip", "--out", path.join(dir, to));
const bytesOf = (name: string) => readFile(path.join(dir, name));

it("writes a folder as one file, the same twice, and opens it with the same card", async () => {
  expect(await zipTo("folder", "a.zip")).toEqual({ code: 0, text: `study\t${path.join(dir, "a.zip")}` });
  await zipTo("folder", "b.zip");
  expect(await bytesOf("b.zip")).toEqual(await bytesOf("a.zip"));
  for (const to of ["text", "markdown", "latex", "csv", "results"]) {
    expect(await report("a.zip", "--to", to)).toEqual(await report("folder", "--to", to));
  }
  await zipTo("a.zip", "c.zip");
  expect(await bytesOf("c.zip")).toEqual(await bytesOf("a.zip"));
});

it("unpacked is a folder of lab sweep again", async () => {
  await zipTo("folder", "a.zip");
  for (const file of await openZip(memoryFile("a.zip", await bytesOf("a.zip")))) {
    const place = path.join(dir, "unpacked", file.name.slice("a.zip/".length));
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, await readText(file));
  }
  expect(await report("unpacked")).toEqual(await report("folder"));
  await zipTo("unpacked", "d.zip");
  expect(await bytesOf("d.zip")).toEqual(await bytesOf("a.zip"));
});

it("says in one sentence what it cannot write or read", async () => {
  expect(await report("folder", "--to", "zip")).toEqual({
    code: 2,
    text: "report: --to zip needs --out FILE.zip, since it is no text",
  });
  expect((await report("folder", "--out", "x.zip")).text).toContain("--out is for --to zip; text is printed");
  expect((await report("nowhere.zip")).text).toContain(
    "nowhere.zip: there is no such file; name a study’s zip",
  );
  await writeFile(path.join(dir, "none.zip"), "no zip at all");
  expect(await report("none.zip")).toMatchObject({
    code: 2,
    text: expect.stringContaining("is not a whole zip file") as string,
  });
});
