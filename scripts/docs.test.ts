// The pages of the repository: links lead to files and headings that are there, commands and their options exist, and every
// folder of the code is on the map.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import GithubSlugger from "github-slugger";
import { Marked, type Token } from "marked";
import { describe, expect, it } from "vitest";
import { helpText } from "../src/cli/commands/help.ts";

const root = path.join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...(readdirSync(path.join(root, "docs"), { recursive: true }) as string[])
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join("docs", name.replaceAll("\\", "/"))),
];
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

function tokensOf(page: string): Token[] {
  const found: Token[] = [];
  const marked = new Marked();
  void marked.walkTokens(marked.lexer(read(page)), (token) => {
    found.push(token);
  });
  return found;
}

/** As GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const slugger = new GithubSlugger();
  const headings = tokensOf(page).flatMap((token) =>
    token.type === "heading" ? [token.text as string] : [],
  );
  return new Set(headings.map((text) => slugger.slug(text.replaceAll(/[`*]|\]\([^)]*\)|\[/g, ""))));
}

describe("the docs", () => {
  it("link to what is there", () => {
    const broken = pages.flatMap((page) =>
      tokensOf(page).flatMap((token) => {
        if (token.type !== "link" && token.type !== "image") return [];
        const href = token.href as string;
        // The guide's pictures are taken by `npm run guide` (scripts/guide/guideText.test.ts).
        if (/^https?:/.test(href) || href.startsWith("pictures/")) return [];
        const [to = "", anchor] = href.split("#");
        const file = to === "" ? page : path.posix.join(path.posix.dirname(page), to);
        if (!existsSync(path.join(root, file))) return [`${page}: ${href}`];
        const isThere = anchor === undefined || !file.endsWith(".md") || anchorsOf(file).has(anchor);
        return isThere ? [] : [`${page}: ${href}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it("name commands that exist, with options that they have", () => {
    const wrong = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:--silent )?([\w:]+)(?: -- ([a-z]+))?([^`\n]*)/g)].flatMap(
        ([said, script, command, rest]) => {
          if (scripts[script!] === undefined) return [`${page}: ${said}`];
          if (script !== "lab" || command === undefined) return [];
          let help: string;
          try {
            help = helpText(command);
          } catch {
            return [`${page}: ${said}`];
          }
          const options = [...rest!.replace(/#.*/, "").matchAll(/(?<=\s)--[a-z-]+/g)].map(
            ([option]) => option,
          );
          const unknown = options.filter((option) => option !== "--help" && !help.includes(option));
          return unknown.map((option) => `${page}: ${option} in ${said}`);
        },
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("name files and folders that are there", () => {
    const made = ["bench/results.json"]; // on each machine, and not committed
    const gone = pages
      .filter((page) => !/^CHANGELOG|^docs\/adr\//.test(page)) // they tell of their day
      .flatMap((page) =>
        [...read(page).matchAll(/`((?:src|scripts|docs|e2e|bench|public)\/[\w./-]*\w)`/g)]
          .map(([, file]) => file!)
          .filter((file) => !made.includes(file) && !existsSync(path.join(root, file)))
          .map((file) => `${page}: ${file}`),
      );
    expect(gone).toEqual([]);
  });
});

describe("ARCHITECTURE.md", () => {
  const map = [...read("ARCHITECTURE.md").matchAll(/^\| `([^|]+?)` +\|/gm)].map(([, folder]) => folder!);

  it("has a line for each folder of the pure core, the engine and the workers, and none that is gone", () => {
    const files = ["src/core", "src/training"].flatMap((layer) =>
      (readdirSync(path.join(root, layer), { recursive: true }) as string[]).map((name) =>
        path.posix.join(layer, name),
      ),
    );
    const folders = [
      ...new Set(
        files.filter((file) => /^src\/\w+\/.+\/[^/]+\.ts$/.test(file)).map((file) => path.dirname(file)),
      ),
    ];
    expect(folders.filter((folder) => !map.includes(folder))).toEqual([]);
    const gone = map
      .flatMap((line) => line.split("`, `"))
      .filter((folder) => !existsSync(path.join(root, folder)));
    expect(gone).toEqual([]);
  });

  it("names every part of the page, its state and the command line", () => {
    const text = read("ARCHITECTURE.md");
    const parts = ["src/components", "src/state", "src/cli", "src/workers"].flatMap((layer) =>
      readdirSync(path.join(root, layer), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== "fixtures")
        .map(({ name }) => ({ layer, name })),
    );
    const unnamed = parts.filter(({ layer, name }) => {
      const line = text.split("\n").find((one) => one.startsWith(`| \`${layer}\` `)) ?? "";
      return !text.includes(`${layer}/${name}\``) && !new RegExp(`\\b${name}\\b`).test(line);
    });
    expect(unnamed.map(({ layer, name }) => `${layer}/${name}`)).toEqual([]);
  });
});
