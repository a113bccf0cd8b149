// What is said of a value that cannot be, wherever it was written.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { callLab } from "../testing/labCall.ts";
import { SMALL_STUDY } from "../testing/smallStudy.ts";

it("names a number as it was written, in a link, a setting, a spec and a study", async () => {
  const dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  const [spec, study] = [path.join(dir, "spec.json"), path.join(dir, "study.json")];
  await writeFile(spec, '{"preset": "mono", "seed": 9007199254740993}');
  const written = JSON.stringify(SMALL_STUDY);
  await writeFile(study, written.replace('"spec":{', '"spec":{"seed":9007199254740993,'));
  for (const args of [
    ["plan", "#v=10&preset=mono&seed=9007199254740993"],
    ["plan", "preset:mono", "--set", "seed=9007199254740993"],
    ["plan", spec],
    ["sweep", study, "--out", path.join(dir, "out")],
  ]) {
    const { code, err } = await callLab(...args);
    expect(code).toBe(2);
    expect(err).toMatch(/: seed must be .* 0 to 2147483647, got 9007199254740993$/);
  }
  await rm(dir, { recursive: true });
});
