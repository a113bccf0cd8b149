// The user's guide as static pages, from docs/guide/*.md and the reference in docs/*.md. Takes no picture (takePictures.ts)
// and fetches nothing: whoever calls it reads and writes.
import { posix } from "node:path";
import GithubSlugger from "github-slugger";
import { Marked, type Token, type Tokens } from "marked";
import { CHAPTERS, REFERENCE } from "./chapters.ts";

/** The folder of the guide beside the built page, and in it that of its pictures. */
export const GUIDE = "guide";
export const PICTURES = "pictures";

interface Source {
  readonly from: string; // in the repository
  readonly to: string; // in the guide's folder
  readonly part: "Guide" | "Reference";
}

export const SOURCES: readonly Source[] = [
  ...CHAPTERS.map((name): Source => ({ from: `docs/guide/${name}.md`, to: `${name}.html`, part: "Guide" })),
  ...REFERENCE.map((name): Source => ({
    from: `docs/${name}.md`,
    to: `reference/${name}.html`,
    part: "Reference",
  })),
];

const byFile = new Map(SOURCES.map((source) => [source.from, source]));

/**
 * @param read the text of a file of the repository
 * @returns path in the guide's folder -> HTML
 */
export function guidePages(read: (file: string) => string): ReadonlyMap<string, string> {
  const titles = new Map(SOURCES.map(({ from }) => [from, titleOf(read(from))]));
  return new Map(
    SOURCES.map((source) => [source.to, document(source, bodyOf(source, read(source.from)), titles)]),
  );
}

/** Names of the pictures that a chapter shows, each with what it is said to show. */
export function picturesIn(text: string): { readonly name: string; readonly alt: string }[] {
  const found: { name: string; alt: string }[] = [];
  void new Marked().walkTokens(new Marked().lexer(text), (token) => {
    if (token.type === "image")
      found.push({ name: pictureName(token.href as string), alt: token.text as string });
  });
  return found;
}

/** The guide's stylesheet: the page's own colours and sizes, and how a page to be read is laid out. */
export const guideStyle = (theme: string, own: string): string =>
  `${/:root \{[^}]*\}/.exec(theme)![0]}\n${own}`;

/** "pictures/trained.png" -> "trained". */
const pictureName = (href: string) => posix.basename(href, ".png");

function titleOf(text: string): string {
  const heading = new Marked().lexer(text).find((token) => token.type === "heading") as Tokens.Heading;
  return heading.text;
}

function bodyOf(source: Source, text: string): string {
  const slugger = new GithubSlugger();
  const marked = new Marked({
    renderer: {
      heading(token) {
        const words = this.parser.parseInline(token.tokens);
        return `<h${token.depth} id="${slugger.slug(plainText(token.tokens))}">${words}</h${token.depth}>\n`;
      },
      image: ({ href, text: alt }) => pictureOf(posix.dirname(href), pictureName(href), alt),
      link(token) {
        const words = this.parser.parseInline(token.tokens);
        const href = linkFrom(source, token.href);
        return href === undefined ? words : `<a href="${escape(href)}">${words}</a>`;
      },
      code: ({ text: code }) => `<pre tabindex="0"><code>${escape(code)}</code></pre>\n`,
    },
    hooks: {
      // A wide table scrolls by itself, by keyboard too.
      postprocess: (html) =>
        html
          .replaceAll("<table>", '<div class="wide" tabindex="0" role="group" aria-label="Table"><table>')
          .replaceAll("</table>", "</table></div>")
          .replaceAll(/<p>(<figure>.*?<\/figure>)<\/p>/gs, "$1"),
    },
  });
  return marked.parse(text, { async: false });
}

/** In the theme of the reader's system. Without pictures (a build that took none) the words stand there. */
function pictureOf(folder: string, name: string, alt: string): string {
  const at = `${folder}/${name}`;
  const dark = `<source srcset="${at}-dark.png" media="(prefers-color-scheme: dark)">`;
  return `<figure><picture>${dark}<img src="${at}.png" alt="${escape(alt)}"></picture></figure>`;
}

/** @returns undefined for what the guide does not carry along: its words stay */
function linkFrom({ from, to }: Source, href: string): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const target = byFile.get(posix.join(posix.dirname(from), path));
  if (!target) return undefined;
  const place = posix.relative(posix.dirname(to), target.to);
  return anchor === undefined ? place : `${place}#${anchor}`;
}

const plainText = (tokens: readonly Token[]): string =>
  tokens
    .map((token) =>
      "tokens" in token && token.tokens ? plainText(token.tokens) : ((token as Tokens.Text).text ?? ""),
    )
    .join("");

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);

function document(source: Source, body: string, titles: ReadonlyMap<string, string>): string {
  const { from, to, part } = source;
  const up = posix.dirname(to) === "." ? "" : "../"; // to the guide's folder
  const link = (other: Source, words = titles.get(other.from)!) =>
    `<a href="${posix.relative(posix.dirname(to), other.to)}"${other === source ? ' aria-current="page"' : ""}>${escape(words)}</a>`;
  const list = (of: Source["part"]) =>
    `<h2>${of}</h2>\n<ol>\n${SOURCES.filter((other) => other.part === of)
      .map((other) => `<li>${link(other)}</li>`)
      .join("\n")}\n</ol>`;
  const own = SOURCES.filter((other) => other.part === part);
  const at = own.indexOf(source);
  const step = (other: Source | undefined, words: string) =>
    other ? `<span>${words}: ${link(other)}</span>` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(titles.get(from)!)} · Hybrid Batch Lab</title>
<link rel="icon" href="${up}../favicon.svg">
<link rel="stylesheet" href="${up}guide.css">
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header><a href="${up}../index.html">Hybrid Batch Lab</a><a class="toChapters" href="#chapters">Chapters</a></header>
<main id="text" tabindex="-1">
${body}
<p class="steps">${step(own[at - 1], "Before")}${step(own[at + 1], "Next")}</p>
</main>
<nav id="chapters" aria-label="Chapters">
${list("Guide")}
${list("Reference")}
</nav>
</body>
</html>
`;
}
