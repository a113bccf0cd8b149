// The how-to pages are true: followed in one copy of the repository, step by step, it is of right types and does what they say.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGE } from "../../src/core/age.ts";
import { followOnFiles, stepsOf } from "./steps.ts";

const root = path.join(import.meta.dirname, "../..");
const HOWTO = path.join(root, "docs/howto");
const LIMIT_MS = 600_000; // for what hangs: a busy machine takes minutes

const pages = readdirSync(HOWTO)
  .filter((name) => name !== "README.md")
  .map((name) => [name, readFileSync(path.join(HOWTO, name), "utf8")] as const);

let copy = "";

/** What is large or installed is the repository's own. */
function copyRepository(): string {
  const to = mkdtempSync(path.join(tmpdir(), "lab-howto-"));
  const link = (name: string) => symlinkSync(path.join(root, name), path.join(to, name));
  for (const name of ["src", "scripts", "bench", "e2e", "docs"])
    cpSync(path.join(root, name), path.join(to, name), { recursive: true });
  for (const name of readdirSync(root).filter((name) => /\.(json|ts|js|html|md)$/.test(name)))
    cpSync(path.join(root, name), path.join(to, name));
  mkdirSync(path.join(to, "public/datasets"), { recursive: true });
  cpSync(path.join(root, "public/datasets/catalog.json"), path.join(to, "public/datasets/catalog.json"));
  for (const name of ["node_modules", "public/datasets/cldr-emoji", "public/models", "public/studies"])
    link(name);
  return to;
}

/** @returns what it said, on either stream. @throws Error with that, where it did not end well */
async function run(command: string): Promise<string> {
  const child = spawn(command, {
    cwd: copy,
    shell: true,
    timeout: LIMIT_MS,
    env: { ...process.env, LAB_HOME: path.join(copy, "home") },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${command}: exit ${String(code)}\n${said}`);
  return said;
}

describe("the how-to pages", () => {
  beforeAll(() => {
    copy = copyRepository();
    for (const [, text] of pages) followOnFiles(copy, stepsOf(text));
  }, LIMIT_MS);
  afterAll(() => rmSync(copy, { recursive: true, force: true }), LIMIT_MS);

  it("say today's age where they name one", () => {
    const ages = pages.flatMap(([, text]) =>
      [...text.matchAll(/since: (\d+)/g)].map(([, age]) => Number(age)),
    );
    expect(new Set(ages)).toEqual(new Set([AGE]));
  });

  // All pages stand in one copy, so its types are judged once.
  it("leave the types right", () => run("npm run check:types"), LIMIT_MS);

  it.each(pages)(
    "%s does what it says",
    async (_, text) => {
      for (const step of stepsOf(text)) {
        if (step.kind !== "run" || step.command === "npm run check:types") continue;
        const said = await run(step.command);
        for (const line of step.says) expect(said).toContain(line);
      }
    },
    LIMIT_MS,
  );
});
