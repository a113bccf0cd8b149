// Pages as one file: nothing that is put into them gets out of its place, and what they hold comes back as it was.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { givenJson } from "../formats/givenText.ts";
import { dataBlock, dataOf } from "./dataBlock.ts";
import { markup, trusted } from "./markup.ts";
import { PAGE_COLOURS } from "./pageColours.ts";
import { pageFile } from "./pageFile.ts";

const HOSTILE = [
  "</script><script>alert(1)</script>",
  "<!--<script>",
  "-->",
  `"><img src=x onerror=alert(1)>`,
  "'onload='alert(1)",
  "]]>&lt;",
  "gpj\u202e.exe",
  "\u0000\ud800",
];
const page = (text: string) =>
  pageFile({ title: text, body: markup`<p title="${text}">${text}</p>`, json: JSON.stringify({ text }) });

describe("markup", () => {
  it("escapes texts in elements and attributes, and leaves markup as it is", () => {
    const inner = markup`<b>${"<i>"}</b>`;
    expect(
      markup`<p title="${`a"b'`}">${inner}${[inner, trusted("<hr>")]}${1.5}${undefined}${false}</p>`.html,
    ).toBe('<p title="a&quot;b&#39;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b><hr>1.5</p>');
    expect(markup`${"a\u202eb"}`.html).toBe("a[U+202E]b");
  });
});

describe("a page as one file", () => {
  it.each(HOSTILE)("holds %j as text alone", (text) => {
    const html = page(text);
    const [outside, rest] = html.split('<script type="application/json" id="hybrid-batch-lab">');
    expect(rest!.indexOf("</script>")).toBe(rest!.lastIndexOf("</script>"));
    expect(rest!.slice(0, rest!.indexOf("</script>"))).not.toMatch(/[<>&]/);
    // every tag outside of the data is one of these, with these attributes alone
    const tags = outside!.replace(/<style>[^<]*<\/style>/, "").match(/<[^>]*>/g)!;
    const known =
      /^<(!doctype html|html lang="en"|\/?(head|body|main|title|footer|p|h1)|meta [a-z-]+="[^"<>]*"( content="[^"<>]*")?|p title="[^"<>]*"|\/p)>$/;
    expect(tags.filter((tag) => !known.test(tag))).toEqual([]);
    const read = givenJson(new TextEncoder().encode(html), "a.html", "a run.json");
    expect(read).toEqual(JSON.parse(JSON.stringify({ text })));
  });

  it("gives back any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const html = `<!doctype html>\n${dataBlock(json)}`;
        expect(JSON.parse(dataOf(html)!)).toEqual(JSON.parse(json));
      }),
    );
  });

  it("allows its own style and nothing else", () => {
    const html = page("a");
    const style = /<style>([^<]*)<\/style>/.exec(html)![1]!;
    const hash = createHash("sha256").update(style).digest("base64");
    expect(html).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`,
    );
  });

  it("is told from other pages", () => {
    expect(dataOf("<!doctype html><p>Sign in</p>")).toBeUndefined();
    const other = new TextEncoder().encode("<!doctype html><p>Sign in</p>");
    expect(() => givenJson(other, "run.json", "a run.json")).toThrow(
      "run.json: is a web page, not the file itself",
    );
  });

  it("is read as an editor saved it again", () => {
    for (const mark of ["\ufeff", "\r\n"])
      expect(givenJson(new TextEncoder().encode(mark + page("a")), "a.html", "a run.json")).toEqual({
        text: "a",
      });
  });

  it("says that it was cut or damaged, where it was", () => {
    const whole = page("a");
    const at = whole.indexOf("application/json");
    const said = (text: string) => () => givenJson(new TextEncoder().encode(text), "a.html", "a run.json");
    for (const cut of [whole.indexOf("<p "), at, at + 45])
      expect(said(whole.slice(0, cut))).toThrow(
        /^a\.html: is a page of the lab that was cut off on its way; get the whole file again$/,
      );
    expect(said(whole.replace('{"text"', '{#"text"'))).toThrow(
      /^a\.html: what this page holds is damaged \(.*\); get it again$/,
    );
  });

  it("has the colours of the lab's page", () => {
    const theme = readFileSync(new URL("../../components/theme.css", import.meta.url), "utf8");
    for (const [name, [light, dark]] of Object.entries(PAGE_COLOURS))
      expect(theme).toContain(`--${name}: light-dark(${light}, ${dark})`);
  });
});
