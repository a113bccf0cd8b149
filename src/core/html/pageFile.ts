// A page as one file that needs nothing else: words, drawings and data in it, no network, no script. Chooses no content.
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { LAB_VERSION } from "../labVersion.ts";
import { dataBlock } from "./dataBlock.ts";
import { escaped, markup, type Markup } from "./markup.ts";
import { PAGE_STYLE } from "./pageStyle.ts";

export interface PageParts {
  readonly title: string;
  readonly body: Markup;
  /** What the lab opens again: the text of a JSON file. */
  readonly json: string;
}

const hashOf = (text: string) => `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`;

/** Nothing is fetched, run or sent: its one style is named by its hash. */
const POLICY = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; img-src data:; base-uri 'none'; form-action 'none'`;

export const pageFile = ({ title, body, json }: PageParts): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Hybrid Batch Lab ${LAB_VERSION}">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${body.html}
${
  markup`<footer><p>Saved by Hybrid Batch Lab ${LAB_VERSION}. This file is whole: it fetches nothing. The lab opens it again, with the numbers in it: drop it on the list of runs or on a study, or name it on the command line.</p></footer>`
    .html
}
</main>
${dataBlock(json)}
</body>
</html>
`;
