import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourceHash } from "./sourceHash.ts";

let folder = "";
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "source-"));
  mkdirSync(path.join(folder, "trainer"));
  write("protocol.ts", "export interface Start { runId: string }");
  write("trainer/host.ts", "export const x = 1;");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("is another one after any change of a file or of its name, and the same otherwise", () => {
  const before = sourceHash([folder]);
  expect(before).toMatch(/^[0-9a-f]{12}$/);
  write("protocol.test.ts", "tests are not built");
  write("notes.md", "nor is this");
  expect(sourceHash([folder])).toBe(before);
  write("trainer/host.ts", "export const x = 2;");
  const changed = sourceHash([folder]);
  write("trainer/host.ts", "export const x = 1;");
  expect(sourceHash([folder])).toBe(before);
  write("trainer/desk.ts", "");
  expect(new Set([before, changed, sourceHash([folder])]).size).toBe(3);
});
