// `lab export --to html`: what is written for runs, recipes and studies, that it is read again, and what cannot be a page.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { recordJson } from "../../core/export/recordJson.ts";
import { fittingRecord } from "../../testing/fittingRecord.ts";
import { testValues } from "../../testing/testRecord.ts";
import { callLab } from "../../testing/labCall.ts";

const dir = mkdtempSync(path.join(tmpdir(), "lab-html-"));
const at = (name: string) => path.join(dir, name);
afterAll(() => rmSync(dir, { recursive: true }));

const record = fittingRecord(testValues);
writeFileSync(at("a.json"), recordJson(record));
const page = (name: string, out: string, ...more: string[]) =>
  callLab("export", name, "--to", "html", "--out", at(out), ...more);
const STUDY = "public/studies/mono-share-classroom.json";

describe("lab export --to html", () => {
  it("writes a run's page, which every command reads as its record", async () => {
    const { code, err } = await page(at("a.json"), "a.html", "--address", "https://lab.example/");
    expect(code, err).toBe(0);
    expect(readFileSync(at("a.html"), "utf8")).toContain('href="https://lab.example/#v=');
    const [asJson, asPage] = [await callLab("report", at("a.json")), await callLab("report", at("a.html"))];
    expect(asPage.code, asPage.err).toBe(0);
    expect(asPage.out.replaceAll("a.html", "a.json")).toBe(asJson.out);
  });

  it("writes a recipe's page with what --set asks", async () => {
    const { code, err } = await page("preset:cross", "r.html", "--set", "steps=77");
    expect(code, err).toBe(0);
    expect(readFileSync(at("r.html"), "utf8")).toMatch(/steps=77/);
  });

  it("makes the folder that is missing", async () => {
    const { code, err } = await page("preset:cross", "made/on/the/way/r.html");
    expect(code, err).toBe(0);
    expect(readFileSync(at("made/on/the/way/r.html"), "utf8")).toContain("<html");
  });

  it("writes a study's page, which report reads as its results", async () => {
    const { code, err } = await page(STUDY, "s.html");
    expect(code, err).toBe(0);
    expect((await callLab("report", at("s.html"))).out).toBe((await callLab("report", STUDY)).out);
  });

  it.each([
    [["preset:hybrid", "--dtype", "F16"], "--dtype is not for --to html"],
    [["study:mono-share"], "study:mono-share has no results yet"],
    [["preset:hybrid", "--address", "lab.example"], "--address must be a copy of the lab"],
    [[STUDY, "--set", "steps=5"], "--set is for a recipe"],
    [[at("a.json"), "--set", "steps=5"], "--set is for a recipe"],
  ])("refuses %j in one sentence", async ([name, ...more], sentence) => {
    const { code, err } = await page(name!, "no.html", ...more);
    expect(code).toBe(2);
    expect(err.trim()).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it("refuses --address for anything else", async () => {
    const { code, err } = await callLab(
      "export",
      "preset:hybrid",
      "--to",
      "project",
      "--out",
      at("p"),
      "--address",
      "https://a",
    );
    expect([code, err]).toEqual([2, expect.stringContaining("--address is for --to html")]);
  });
});
