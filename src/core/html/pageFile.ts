// A page as one file that needs nothing else: words, drawings and data in it, no network; a script where it trains. Chooses no
// content.
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { LAB_VERSION } from "../labVersion.ts";
import { dataBlock, SAVED_BY } from "./dataBlock.ts";
import type { PagePlace } from "../pagePlace.ts";
import { heldBlocks, heldBlocksBytes, type HeldFile } from "./heldFiles.ts";
import { escaped, markup, type Markup } from "./markup.ts";
import { PAGE_STYLE } from "./pageStyle.ts";

export interface PageParts {
  readonly title: string;
  readonly body: Markup;
  /** What the lab opens again: the text of a JSON file. */
  readonly json: string;
  readonly training?: PageTraining | undefined;
}

/** What a page trains with. */
export interface PageTraining {
  readonly app: string; // its script
  readonly files: readonly HeldFile[]; // which that reads
}

const hashOf = (text: string) => `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`;

/**
 * Nothing is fetched or sent: its one style is named by its hash, and so is its script where it trains. That starts workers
 * of what is in it, which read WebAssembly in it.
 */
const policyOf = (script: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(PAGE_STYLE)}`,
    "img-src data:",
    ...(script === undefined
      ? []
      : [`script-src ${hashOf(script)} 'wasm-unsafe-eval'`, "worker-src blob:", "connect-src data:"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** A script as it may stand in a page: in its strings alone could be what ends it, or what begins a comment that hides the end. */
const scriptText = (app: string): string => app.replace(/<(?=\/script|!--)/gi, String.raw`\x3c`);

const scriptBlock = (script: string): string => `<script>${script}</script>\n`;

/** How many bytes training adds to a page: to the byte, but for some hundred of words. */
export const trainingBytes = (appBytes: number, places: readonly PagePlace[]): number =>
  scriptBlock("").length + appBytes + heldBlocksBytes(places);

export function pageFile({ title, body, json, training }: PageParts): string {
  const script = training && scriptText(training.app);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
${SAVED_BY}${LAB_VERSION}">
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
${training ? scriptBlock(script!) + heldBlocks(training.files) : ""}</body>
</html>
`;
}
