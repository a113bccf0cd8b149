// How an embed is shown is read from its address; what cannot be used is told, and never fatal.
import { describe, expect, it } from "vitest";
import { decodeLink } from "../spec/link.ts";
import { linkPage } from "../spec/linkPage.ts";
import { embedLink, embedQuery, pageOrigin, readEmbed, USUAL_EMBED, type EmbedView } from "./embedView.ts";

describe("an embed's address", () => {
  it("gives back what was put in, and holds only what differs from the usual", () => {
    expect(embedQuery(USUAL_EMBED)).toBe("?view=embed");
    const view: EmbedView = {
      parts: ["train", "map"],
      theme: "dark",
      numbers: "pt-BR",
      parent: "https://course.example:8443",
    };
    const query = embedQuery(view);
    expect(query).toBe(
      "?view=embed&show=train,map&theme=dark&numbers=pt-BR&parent=https%3A%2F%2Fcourse.example%3A8443",
    );
    expect(readEmbed(query)).toEqual({ view, problems: [] });
    expect(readEmbed("?view=embed")).toEqual({ view: USUAL_EMBED, problems: [] });
  });

  it("stands before the link, which stays what it was", () => {
    const link = "https://lab.example/a/?b=1#v=4&preset=cross";
    expect(embedLink(link, USUAL_EMBED)).toBe("https://lab.example/a/?b=1&view=embed#v=4&preset=cross");
    const all: EmbedView = { parts: ["map"], theme: "light", numbers: "de", parent: "https://a.example" };
    expect(linkPage(embedLink(link, all))).toBe("https://lab.example/a/?b=1");
    const plain = link.replace("?b=1", "");
    expect(decodeLink(embedLink(plain, all).replace("#", "%23"))).toEqual(decodeLink(plain));
  });

  it("names each value that is not used, and goes on with the usual", () => {
    const { view, problems } = readEmbed(
      "?view=embed&show=map,lab,map&theme=blue&numbers=not_a_tag&parent=https://a.example/page",
    );
    expect(view).toEqual({ ...USUAL_EMBED, parts: ["map"] });
    expect(problems).toEqual([
      "show=lab is left out: an embed shows result, mix, train, numbers, map, rankDistance, loss, sameLanguage, batch, languages, matrix, try",
      "theme=blue is not used: a theme is system, light, dark",
      "numbers=not_a_tag is not used: a language is a tag such as de or pt-BR",
      "parent=https://a.example/page is not used: a page is named by its origin, such as https://course.example",
    ]);
    const many = readEmbed(`?view=embed&show=${Array.from({ length: 1000 }, (_, i) => `x${i}`).join(",")}`);
    expect(many.view.parts).toEqual(USUAL_EMBED.parts);
    expect(many.problems.length).toBeLessThan(20);
  });

  it("names one page by its origin, and no pattern of them", () => {
    expect(pageOrigin("https://a.example")).toBe("https://a.example");
    expect(pageOrigin("HTTPS://A.example/")).toBe("https://a.example");
    expect(pageOrigin("http://localhost:8000")).toBe("http://localhost:8000");
    for (const text of [
      "*",
      "null",
      "",
      "a.example",
      "https://*",
      "https://a.example/x",
      "https://u:p@a.example",
      "data:text/html,x",
      "file:///x",
      "javascript:alert(1)",
    ])
      expect(pageOrigin(text), text).toBeUndefined();
  });
});
