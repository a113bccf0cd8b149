import { expect, it } from "vitest";
import { pointerProblem } from "./gitLfs.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const oid = `oid sha256:${"4d".repeat(32)}`;

it("tells a Git LFS pointer, with the size of the file it stands for", () => {
  const pointer = `version https://git-lfs.example/spec/v1\n${oid}\nsize 90412\n`;
  expect(pointerProblem(bytesOf(pointer))).toBe(
    'is a Git LFS pointer to 90412 bytes, not the file itself; run "git lfs pull" in the folder it was cloned to',
  );
});

it.each([
  ["of a clone with Windows' line breaks", `version https://git-lfs.example/spec/v1\r\n${oid}\r\nsize 9\r\n`],
  ["of the first versions", `version https://hawser.example/spec/v1\n${oid}\nsize 9\n`],
  ["with an extension", `version https://git-lfs.example/spec/v1\next-0-foo sha256:ab\n${oid}\nsize 9\n`],
  ["cut after the id", `version https://git-lfs.example/spec/v1\n${oid}\n`],
])("knows a pointer %s", (_, text) => {
  expect(pointerProblem(bytesOf(text))).toContain('run "git lfs pull"');
});

it("tells git-annex' pointers", () => {
  const pointer = "/annex/objects/SHA256E-s12--ab.parquet\n";
  expect(pointerProblem(bytesOf(pointer))).toContain('run "git annex get"');
});

it.each(["", "version 2\n", "versions of the Bible\nJohn\n", "PAR1", "/annex/objects/a b\nmore text"])(
  "takes no other file for one: %j",
  (text) => {
    expect(pointerProblem(bytesOf(text))).toBeUndefined();
  },
);
