import { expect, it } from "vitest";
import { GLOSSARY, piecesOf, TERM_IDS, termTitle } from "./glossary.ts";

const terms = (text: string) =>
  piecesOf(text).map((piece) => (typeof piece === "string" ? piece : `[${piece.term}:${piece.text}]`));

it("finds each term where it first stands, and leaves the rest as it is", () => {
  expect(terms("mAP: Mo, Cr and Mul (0–1)")).toEqual([
    "[map:mAP]",
    ": ",
    "[mono:Mo]",
    ", ",
    "[cross:Cr]",
    " and ",
    "[multi:Mul]",
    " (0–1)",
  ]);
  expect(terms("n = 20 queries, pool 4,000 of a pool, seed 7 only: no interval.").join("")).toBe(
    "n = 20 queries, [pool:pool] 4,000 of a pool, [seed:seed] 7 only: no [interval:interval].",
  );
  expect(terms("Monolingual, Crete, Mullet, people")).toEqual(["Monolingual, Crete, Mullet, people"]);
  expect(terms("p < .05 by Holm; the loss (nats)").join("")).toBe(
    "[p:p] < .05 by [holm:Holm]; the loss ([nats:nats])",
  );
  expect(terms("")).toEqual([]);
});

it("loses no letter of a text, whatever stands in it", () => {
  for (const id of TERM_IDS) {
    const { words } = GLOSSARY[id];
    expect(words.length).toBeGreaterThan(20);
    const again = piecesOf(words).map((piece) => (typeof piece === "string" ? piece : piece.text));
    expect(again.join("")).toBe(words);
  }
});

it("puts the name for people first", () => {
  expect((["mono", "cross", "multi", "rankDistance"] as const).map((id) => termTitle(GLOSSARY[id]))).toEqual([
    "Same language (Mo)",
    "Another language (Cr)",
    "All languages (Mul)",
    "Rank distance (RD)",
  ]);
});
