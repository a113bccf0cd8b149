// The guide's chapters name pictures that are taken, links that lead somewhere, and each other.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { BATCH_KINDS, kindFacts } from "../../src/core/spec/batchKind.ts";
import { CHAPTERS } from "./chapters.ts";
import { guidePages, guideStyle, picturesIn, SOURCES } from "./guideText.ts";
import { VISITS } from "./pictures.ts";

const root = path.join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const chapters = CHAPTERS.map((name) => read(`docs/guide/${name}.md`));
const pages = guidePages(read);

/** All that the page's code says, on one line. */
const said = (readdirSync(path.join(root, "src"), { recursive: true }) as string[])
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
  .map((file) => read(path.join("src", file)))
  .join(" ")
  .replaceAll(/\s+/g, " ");

describe("the guide", () => {
  it("has a page for every chapter that is written", () => {
    const written = readdirSync(path.join(root, "docs/guide")).filter((name) => name.endsWith(".md"));
    expect(written.map((name) => name.slice(0, -3)).sort()).toEqual([...CHAPTERS].sort());
  });

  it("shows every picture that is taken, and no other, each with words for whoever does not see it", () => {
    const shown = chapters.flatMap(picturesIn);
    const taken = VISITS.flatMap(({ pictures }) => pictures.map(({ name }) => name));
    expect(shown.map(({ name }) => name).sort()).toEqual(taken.sort());
    for (const { name, alt } of shown) expect(alt.length, name).toBeGreaterThan(20);
  });

  it("names what is on the page: all that is bold, and what is set off and begins with a capital letter", () => {
    const names = chapters.flatMap((text) =>
      [...text.matchAll(/\*\*([^*]+)\*\*|(?<!\w)_([A-Z][^_]*)_(?!\w)/g)].map(
        ([, bold, other]) => bold ?? other!,
      ),
    );
    expect(names.filter((name) => !said.includes(name))).toEqual([]);
  });

  it("presses what is on the page, for its pictures", () => {
    const names = [...read("scripts/guide/pictures.ts").matchAll(/"([A-Z][^"]*)"/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !said.includes(name))).toEqual([]);
  });

  it("links to pages and headings that are there, and to the lab", () => {
    const ids = new Map(
      [...pages].map(([at, html]) => [at, [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)]),
    );
    const broken = [...pages].flatMap(([at, html]) =>
      [...html.matchAll(/ href="([^"]+)"/g)].flatMap(([, href]) => {
        if (/^https:/.test(href!) || /^(\.\.\/)+(index\.html|favicon\.svg)$/.test(href!)) return [];
        const [file = "", anchor] = href!.split("#");
        const target = file === "" ? at : path.posix.join(path.posix.dirname(at), file);
        if (target === "guide.css") return [];
        const isThere = ids.has(target) && (anchor === undefined || ids.get(target)!.includes(anchor));
        return isThere ? [] : [`${at}: ${href}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it("has a row for every kind of batch", () => {
    const rows = read("docs/guide/batches.md");
    for (const kind of BATCH_KINDS) expect(rows).toContain(`\n| **${kindFacts(kind).label}**`);
  });

  it("runs no script and asks no other host for anything", () => {
    for (const [at, html] of pages) {
      expect(html, at).toContain("default-src 'none'");
      expect(html, at).not.toMatch(/<script|src="https?:|<link[^>]+https?:/);
    }
  });

  it("has the page's colours", () => {
    const style = guideStyle(read("src/components/theme.css"), "own {}");
    expect(style).toMatch(/^:root \{[^}]*--paper: light-dark\([^}]*\}\nown/);
  });

  it("is made of files of the repository", () => {
    expect(SOURCES.filter(({ from }) => !existsSync(path.join(root, from)))).toEqual([]);
  });
});
