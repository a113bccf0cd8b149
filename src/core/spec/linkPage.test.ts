// Links are put behind the page's address, whatever view of it is shown.
import { describe, expect, it } from "vitest";
import { decodeLink } from "./link.ts";
import { linkPage, withoutView } from "./linkPage.ts";

describe("the page of a link", () => {
  it("has neither hash nor view, and keeps what else is in the query", () => {
    expect(linkPage("https://lab.example/page/?view=compare#v=4&seed=2")).toBe("https://lab.example/page/");
    expect(linkPage("https://lab.example/?a=1&view=try&b=2#x")).toBe("https://lab.example/?a=1&b=2");
    expect(linkPage("https://lab.example/?preview=1")).toBe("https://lab.example/?preview=1");
    expect(["", "?", "view=try", "?view=try", "?view="].map(withoutView)).toEqual(["", "", "", "", ""]);
  });

  it("may name a view in front of a link, which is read as without", () => {
    const plain = decodeLink("v=4&preset=cross&seed=7");
    for (const address of [
      "https://lab.example/?view=compare#v=4&preset=cross&seed=7",
      "https://lab.example/?view=languages%23v=4&preset=cross&seed=7",
      "https://lab.example/?view=languages%23v%3D4%26preset%3Dcross%26seed%3D7",
    ]) {
      expect(decodeLink(address)).toEqual(plain);
    }
  });
});
