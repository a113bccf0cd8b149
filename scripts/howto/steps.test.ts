// What a page's blocks mean, and that a step which cannot be followed says so.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { followOnFiles, stepsOf } from "./steps.ts";

const PAGE = `# Page
\`\`\`ts a/new.ts
const x = 1;
\`\`\`
\`\`\`diff old.ts
 one
-two
+2
@@
 four
+five
\`\`\`
\`\`\`sh
echo a
echo b
\`\`\`
\`\`\`text
b
\`\`\`
\`\`\`
to be read
\`\`\`
`;

it("reads files, changes, commands and what they say", () => {
  expect(stepsOf(PAGE)).toEqual([
    { kind: "write", file: "a/new.ts", text: "const x = 1;\n" },
    {
      kind: "change",
      file: "old.ts",
      hunks: [
        { before: ["one", "two"], after: ["one", "2"] },
        { before: ["four"], after: ["four", "five"] },
      ],
    },
    { kind: "run", command: "echo a", says: [] },
    { kind: "run", command: "echo b", says: ["b"] },
  ]);
});

it("follows them once, and says what cannot be followed", () => {
  const root = mkdtempSync(path.join(tmpdir(), "lab-steps-"));
  try {
    writeFileSync(path.join(root, "old.ts"), "one\ntwo\nthree\nfour\n");
    followOnFiles(root, stepsOf(PAGE));
    expect(readFileSync(path.join(root, "old.ts"), "utf8")).toBe("one\n2\nthree\nfour\nfive\n");
    expect(() => followOnFiles(root, stepsOf(PAGE))).toThrow("a/new.ts is there already");
    expect(() => followOnFiles(root, stepsOf(PAGE).slice(1))).toThrow(
      "old.ts has 0 times, not once:\none\ntwo\n",
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
