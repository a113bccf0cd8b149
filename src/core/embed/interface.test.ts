// docs/interface.md says of embeds and messages what the code does: every part, key and message, each example as it would be read.
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { AGE } from "../age.ts";
import { ofKinds } from "../spec/batchKind.ts";
import { decodeLink, MAX_LINK_LENGTH } from "../spec/link.ts";
import { SHOWN_KEYS } from "../spec/linkPage.ts";
import { labMessage, MESSAGE_VERSION, parseSetMix } from "./embedMessage.ts";
import { EMBED_PARTS, EMBED_THEMES, USUAL_EMBED } from "./embedView.ts";

const page = readFileSync("docs/interface.md", "utf8");
const examples = [...page.matchAll(/```json\n([^`]*)```/g)].map(
  ([, text]) => JSON.parse(text!) as { type: string },
);

describe("the page on links, embeds and messages", () => {
  it("names every key, part and theme, and the usual ones", () => {
    for (const name of [...SHOWN_KEYS.slice(1), ...EMBED_PARTS, ...EMBED_THEMES])
      expect(page).toContain(`\`${name}\``);
    expect(page).toContain(`\`${USUAL_EMBED.parts.join(",")}\``);
    expect(page).toContain(`at most ${MAX_LINK_LENGTH.toLocaleString("en")} characters`);
  });

  it("shows links as today's lab writes them, which it reads", () => {
    const links = [...page.matchAll(/https:[^\s"`]+#v=[^\s"`]+/g)].map(([link]) => link);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) {
      expect(link).toContain(`#v=${AGE}&`);
      if (!link.endsWith("…")) expect(decodeLink(link).problems, link).toEqual([]);
    }
  });

  it("has an example of every message, as it is parsed", () => {
    expect(page).toContain(`Messages, version ${MESSAGE_VERSION}\n`);
    const [set, ...told] = examples;
    expect(parseSetMix(set)).toEqual(ofKinds({ mono: 0.25, cross: 0.75 }));
    for (const one of told) expect(v.safeParse(labMessage, one).issues, one.type).toBeUndefined();
    expect(told.map(({ type }) => type)).toEqual(
      labMessage.options.map(({ entries }) => entries.type.literal),
    );
  });
});
