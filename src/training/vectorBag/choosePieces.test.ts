import { describe, expect, it } from "vitest";
import { toyUnigram } from "../../testing/checkpoints/toyTeacher.ts";
import { createTokenizer } from "../text/tokenizer.ts";
import { choosePieces, homesOf, largestShares, pieceText } from "./choosePieces.ts";

const whole = toyUnigram();
const json = JSON.stringify(whole);
const idOf = (piece: string) => whole.model.vocab.findIndex(([own]) => own === piece);
const counts = (pieces: Readonly<Record<string, number>>) => {
  const own = new Float64Array(whole.model.vocab.length);
  for (const [piece, n] of Object.entries(pieces)) own[idOf(piece)] = n;
  return own;
};

describe("largestShares", () => {
  it("is each piece's share in the language that uses it most; a language without texts has no say", () => {
    const of = (weight: number, ...counts: number[]) => ({ weight, counts: Float64Array.from(counts) });
    const shares = largestShares([of(1, 3, 1, 0), of(1, 1, 0, 1), of(1, 0, 0, 0)]);
    expect([...shares]).toEqual([0.75, 0.25, 0.5]);
    expect([...largestShares([of(1, 3, 1, 0), of(2, 1, 0, 1)])]).toEqual([1, 0.25, 1]);
  });
});

describe("homesOf", () => {
  it("is the language in which a piece has its largest share, the first of equal ones", () => {
    const of = (...own: number[]) => Float64Array.from(own);
    expect([...homesOf([of(8, 1, 1, 0, 0), of(1, 1, 0, 0, 2), of(0, 0, 0, 0, 0)])]).toEqual([0, 1, 0, -1, 1]);
    expect([...homesOf([of(1, 1), of(2, 2)])]).toEqual([0, 0]);
  });
});

describe("choosePieces", () => {
  // Four special pieces and the least likely one stay; "▁" and "q" occur twice. Then by share: miller .5 of English, гусаль
  // .4 of the other, river .3 of English.
  const english = counts({ "▁miller": 50, "▁river": 30, "▁": 15, q: 5 });
  const other = counts({ "▁гусаль": 4, "▁медяк": 1, "▁": 5 });
  const languages = [english, other].map((own) => ({ counts: own, weight: 1 }));
  const chosen = (size: number) => {
    const { json: trimmed, pieceIds } = choosePieces(json, languages, size, "file");
    const tokenizer = createTokenizer(trimmed);
    expect(tokenizer.vocabSize).toBe(size);
    return { ids: [...pieceIds], pieces: Array.from(pieceIds, (_, id) => tokenizer.piece(id)) };
  };

  it("keeps what must stay, single characters that occur, and the pieces some language needs most", () => {
    const least = whole.model.vocab.at(-1)![0];
    const first = ["<s>", "<pad>", "</s>", "<unk>"];
    expect(chosen(9).pieces).toEqual([...first, "▁miller", "▁гусаль", "▁", "q", least]);
    expect(chosen(10).pieces).toEqual([...first, "▁miller", "▁river", "▁гусаль", "▁", "q", least]);
    expect(chosen(9).ids).toEqual(chosen(9).pieces.map((piece) => idOf(piece)));
  });

  it("of equal shares takes the first", () => {
    const last = chosen(13).pieces;
    expect(last).toContain("▁медяк");
    expect(last).toContain("▁barley"); // nobody uses it, and it stands before "▁heron"
    expect(last).not.toContain("▁lantern");
  });

  it("says the text that a piece is", () => {
    expect(["▁the", "ing", "▁", "▁a▁b"].map(pieceText)).toEqual(["the", "ing", "▁", "a b"]);
  });
});
