import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Planted files do not exist, so they have no types; the rules that need types are tried on existing files below. */
const untyped = new ESLint({
  cwd: root,
  overrideConfig: [{ ...tseslint.configs.disableTypeChecked, files: ["**/*.ts", "**/*.tsx"] }],
});
const full = new ESLint({ cwd: root });

/** Rule ids reported for `code` if it stood at `path`; the header and use of the imported name are supplied. */
async function lint(path: string, code: string, eslint = untyped): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`// A planted file.\n${code}\n`, { filePath: join(root, path) });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

/** A source file of a layer: path rules see only imports that resolve. */
function fileOf(layer: string): string {
  const folder = join(root, "src", layer);
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const file = files
    .sort()
    .find((name) => /\.tsx?$/.test(name) && !/\.(test|worker)\.tsx?$|\.d\.ts$/.test(name));
  if (file === undefined) throw new Error(`src/${layer} has no source file that a breach could import`);
  return `src/${layer}/${file.replaceAll("\\", "/")}`;
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** A value, a type and import() of one module. */
const threeWays = (module: string) => `
import * as value from "${module}"; export const x = value;
import type * as type from "${module}"; export type X = typeof type;
export const y = await import("${module}");
`;

const PATHS = "import-x/no-restricted-paths";
const PACKAGES = "@typescript-eslint/no-restricted-imports";
const SYNTAX = "no-restricted-syntax";
const parameters = (count: number) => Array.from({ length: count }, (_, i) => `x${i}: number`).join(", ");

describe("imports between layers", () => {
  const breaches: [from: string, to: string][] = [
    ["src/core/data/planted.ts", "training"],
    ["src/core/planted.ts", "state"],
    ["src/core/planted.ts", "testing"],
    ["src/training/run/planted.ts", "workers"],
    ["src/training/planted.ts", "components"],
    ["src/training/planted.ts", "testing"],
    ["src/workers/planted.worker.ts", "state"],
    ["src/workers/planted.worker.ts", "cli"],
    ["src/workers/plantedClient.ts", "training"],
    ["src/workers/rpc.ts", "training"],
    ["src/workers/data/plantedHost.ts", "components"],
    ["src/workers/data/plantedHost.ts", "state"],
    ["src/state/planted.ts", "training"],
    ["src/state/planted.ts", "components"],
    ["src/state/planted.ts", "testing"],
    ["src/components/Planted.tsx", "training"],
    ["src/components/Planted.tsx", "workers"],
    ["src/components/Planted.tsx", "testing"],
    ["src/main.tsx", "training"],
    ["src/main.tsx", "workers"],
    ["src/cli/planted.ts", "state"],
    ["src/cli/planted.ts", "workers"],
    ["src/cli/planted.ts", "components"],
  ];
  it.each(breaches)("refuses %s -> %s, also for types and import()", async (from, layer) => {
    const rules = await lint(from, threeWays(specifier(from, fileOf(layer))));
    expect(rules.filter((rule) => rule === PATHS)).toHaveLength(3);
  });

  it.each<[from: string, to: string]>([
    ["src/core/planted.ts", "src/core/random.ts"],
    ["src/training/run/planted.ts", "src/core/random.ts"],
    ["src/workers/planted.worker.ts", fileOf("training")],
    ["src/workers/planted.worker.ts", "src/workers/rpc.ts"],
    ["src/workers/data/plantedHost.ts", fileOf("training")],
    ["src/workers/plantedClient.ts", "src/workers/rpc.ts"],
    ["src/state/planted.ts", "src/workers/labClient.ts"],
    ["src/state/deep/planted.ts", "src/core/spec/spec.ts"],
    ["src/components/Planted.tsx", "src/core/spec/fields.ts"],
    ["src/cli/planted.ts", fileOf("training")],
    ["src/cli/planted.ts", "src/components/study/figureFiles.tsx"],
    ["src/core/planted.test.ts", fileOf("testing")],
    ["bench/planted.ts", fileOf("testing")],
  ])("allows %s -> %s", async (from, to) => {
    expect(
      await lint(from, `import * as planted from "${specifier(from, to)}"; export const x = planted;`),
    ).toEqual([]);
  });

  it("lets state see the protocol's types, not its values", async () => {
    const from = "src/state/planted.ts";
    const path = "../workers/protocol.ts";
    expect(await lint(from, `import type { Progress } from "${path}"; export type X = Progress;`)).toEqual(
      [],
    );
    expect(
      await lint(from, `import { PROTOCOL_VERSION } from "${path}"; export const x = PROTOCOL_VERSION;`),
    ).toEqual([PACKAGES]);
    expect(await lint(from, `import * as rpc from "../workers/rpc.ts"; export const x = rpc;`)).toContain(
      PATHS,
    );
  });

  it("keeps the worker's side away from the page", async () => {
    const code = 'import * as planted from "./trainer/trainerHost.ts"; export const x = planted;';
    expect(await lint("src/workers/plantedClient.ts", code)).toContain(PATHS);
    expect(await lint("src/state/planted.ts", code.replace("./", "../workers/"))).toContain(PATHS);
  });

  it("keeps scripts out of shipped code", async () => {
    const code = `import * as planted from "../../scripts/layers.test.ts"; export const x = planted;`;
    expect(await lint("src/core/planted.ts", code)).toContain(PATHS);
  });
});

describe("packages", () => {
  it.each<[from: string, name: string]>([
    ["src/core/planted.ts", "react"],
    ["src/core/planted.ts", "node:fs"],
    ["src/core/planted.ts", "@tensorflow/tfjs-core"],
    ["src/training/planted.ts", "valibot"],
    ["src/training/planted.ts", "node:fs"],
    ["src/training/planted.ts", "fs"],
    ["src/training/planted.ts", "zustand/vanilla"],
    ["src/workers/planted.worker.ts", "@tensorflow/tfjs-core"],
    ["src/workers/plantedClient.ts", "react"],
    ["src/state/planted.ts", "react"],
    ["src/state/planted.ts", "zustand"],
    ["src/state/planted.ts", "@tensorflow/tfjs"],
    ["src/components/Planted.tsx", "@tensorflow/tfjs"],
    ["src/components/Planted.tsx", "idb"],
    ["src/cli/planted.ts", "react"],
    ["src/cli/planted.ts", "@tensorflow/tfjs-core"],
  ])("refuses %s -> %s, also for types and import()", async (from, name) => {
    const rules = await lint(from, threeWays(name));
    expect(rules.filter((rule) => rule === PACKAGES)).toHaveLength(2);
    expect(rules).toContain(SYNTAX); // import()
  });

  it.each<[from: string, name: string]>([
    ["src/core/planted.ts", "valibot"],
    ["src/core/planted.ts", "pure-rand/generator/xoroshiro128plus"],
    ["src/core/planted.ts", "@noble/hashes/sha2.js"],
    ["src/training/planted.ts", "@tensorflow/tfjs-core/dist/register_all_gradients"],
    ["src/training/planted.ts", "@huggingface/tokenizers"],
    ["src/training/planted.ts", "@noble/hashes/sha2.js"],
    ["src/workers/planted.worker.ts", "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url"],
    ["src/state/planted.ts", "zustand/vanilla"],
    ["src/state/planted.ts", "idb"],
    ["src/components/Planted.tsx", "recharts"],
    ["src/components/Planted.tsx", "zustand"],
    ["src/cli/planted.ts", "node:fs"],
    ["src/core/planted.test.ts", "node:fs"],
    ["src/testing/planted.ts", "node:fs"],
    ["scripts/planted.ts", "node:fs"],
    ["e2e/planted.spec.ts", "@playwright/test"],
  ])("allows %s -> %s", async (from, name) => {
    expect(await lint(from, `import * as planted from "${name}"; export const x = planted;`)).toEqual([]);
  });
});

describe("what a layer may touch", () => {
  it.each<[rule: string, path: string, code: string]>([
    ["no-restricted-properties", "src/core/planted.ts", "export const x = Math.random();"],
    ["no-restricted-properties", "src/training/planted.ts", "export const x = Math.random();"],
    ["no-restricted-properties", "src/core/planted.test.ts", "export const x = Math.random();"],
    ["no-restricted-properties", "src/core/planted.ts", "export const x = Date.now();"],
    [SYNTAX, "src/core/planted.ts", "export const x = new Date();"],
    ["no-restricted-globals", "src/core/planted.ts", "export const x = performance.now();"],
    ["no-restricted-globals", "src/core/planted.ts", "export const x = document.title;"],
    ["no-restricted-globals", "src/training/planted.ts", 'export const x = process.env["HOME"];'],
    [SYNTAX, "src/training/planted.ts", "export const load = (name: string) => import(name);"],
    [SYNTAX, "src/core/planted.ts", 'export * from "./random.ts";'],
    [SYNTAX, "src/core/planted.ts", "export enum Kind { Mono }"],
    [SYNTAX, "src/core/planted.ts", "export const x = { ...{ a: 1, b: 2 }, c: 3 };"],
    [SYNTAX, "src/cli/planted.ts", "export const x = [...[1, 2], 3];"],
    [SYNTAX, "bench/planted.ts", "export const x = [0, ...[1, 2]];"],
    ["lab/no-such-file", "src/core/index.ts", "export const x = 1;"],
    ["lab/no-such-file", "src/training/utils.ts", "export const x = 1;"],
    ["import-x/no-default-export", "src/core/planted.ts", "export default 1;"],
    [PACKAGES, "src/core/planted.ts", 'import { x } from "./random"; export const y = x;'],
    ["@typescript-eslint/no-explicit-any", "src/core/planted.ts", "export const x: any = 1;"],
    [
      "@typescript-eslint/consistent-type-imports",
      "src/core/planted.ts",
      'export type X = import("./random.ts").Rng;',
    ],
    ["max-lines", "src/core/planted.ts", `export const x = [\n${"1,\n".repeat(400)}];`],
    ["max-params", "src/core/planted.ts", `export function f(${parameters(7)}): void {}`],
    ["max-params", "bench/planted.ts", `export const f = (${parameters(7)}): void => undefined;`],
    ["max-params", "src/core/planted.ts", `export type F = (${parameters(7)}) => void;`],
    ["max-params", "src/training/kernels/adamw.ts", `export function f(${parameters(10)}): void {}`],
    [
      "react-hooks/rules-of-hooks",
      "src/components/Planted.tsx",
      'import { useState } from "react"; export function Planted(p: { on: boolean }) { if (p.on) useState(0); return null; }',
    ],
  ])("%s fires in %s", async (rule, path, code) => {
    expect(await lint(path, code)).toContain(rule);
  });

  it("asks every file but a test for a header", async () => {
    const [result] = await untyped.lintText("export const x = 1;\n", {
      filePath: join(root, "src/core/planted.ts"),
    });
    expect(result!.messages.map(({ ruleId }) => ruleId)).toEqual(["lab/file-header"]);
    const [test] = await untyped.lintText("export const x = 1;\n", {
      filePath: join(root, "src/core/x.test.ts"),
    });
    expect(test!.messages).toEqual([]);
  });

  it("lets a data table be long, and training read a clock", async () => {
    expect(await lint("src/core/spec/fields.ts", `export const x = [\n${"1,\n".repeat(500)}];`)).toEqual([]);
    expect(await lint("src/training/planted.ts", "export const x = Date.now();")).toEqual([]);
  });

  it("lets a function take six parameters, and one that is listed with its reason as many as it says", async () => {
    const code = (count: number) => `export function f(${parameters(count)}): void {}`;
    expect(await lint("src/core/planted.ts", code(6))).not.toContain("max-params");
    expect(await lint("src/training/kernels/adamw.ts", code(9))).not.toContain("max-params");
  });
});

describe("rules that read types", { timeout: 120_000 }, () => {
  const existing = "src/core/random.ts"; // typed as the project's file, with the planted text for its content
  it("reports a promise nobody waits for", async () => {
    const code = "async function f(): Promise<void> {}\nf();";
    expect(await lint(existing, code, full)).toContain("@typescript-eslint/no-floating-promises");
    expect(await lint(existing, code.replace("\nf();", "\nvoid f();"), full)).toEqual([]);
  });

  it("reports a switch that forgets a member of its union", async () => {
    const code = (rest: string) =>
      `export function f(x: "a" | "b"): number { switch (x) { case "a": return 1; ${rest} } }`;
    expect(await lint(existing, code(""), full)).toContain("@typescript-eslint/switch-exhaustiveness-check");
    expect(await lint(existing, code('case "b": return 2;'), full)).toEqual([]);
  });

  it("reports a cycle", async () => {
    // The other half is on disk: the real presets.ts imports fields.ts.
    const code = 'import { PRESETS } from "./presets.ts"; export const x = PRESETS;';
    expect(await lint("src/core/spec/fields.ts", code, full)).toContain("import-x/no-cycle");
  });
});
