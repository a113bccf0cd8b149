// How an embed is shown, in the query of its address: its parts, theme, language of numbers, and the one page that it talks
// to. None of it is of the experiment: that is the link behind "#".
import { visibleText } from "../visibleText.ts";
import { EMBED, VIEW_KEY } from "../spec/linkPage.ts";

/** What an embed may show, from top to bottom. */
export const EMBED_PARTS = [
  "result",
  "mix",
  "train",
  "numbers",
  "map",
  "rankDistance",
  "loss",
  "sameLanguage",
  "batch",
  "languages",
  "matrix",
  "try",
] as const;
export type EmbedPart = (typeof EMBED_PARTS)[number];

export const EMBED_THEMES = ["system", "light", "dark"] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

export interface EmbedView {
  readonly parts: readonly EmbedPart[]; // at least one, each once
  readonly theme: EmbedTheme;
  readonly numbers: string; // a language tag
  readonly parent?: string | undefined; // origin of the page around it, which may set the mix and hears of runs
}

export const USUAL_EMBED: EmbedView = {
  parts: ["result", "mix", "train", "numbers", "map", "rankDistance"],
  theme: "system",
  numbers: "en",
};

const MAX_TEXT = 80; // of a value, as it is named in a sentence

export interface ReadEmbed {
  readonly view: EmbedView;
  readonly problems: readonly string[]; // a sentence for each value that was not used
}

/** @param query with or without "?"; what cannot be used of it is told, and the usual stands in its place */
export function readEmbed(query: string): ReadEmbed {
  const problems: string[] = [];
  const entries = new URLSearchParams(query);
  const read = <T>(key: string, usual: T, parse: (text: string) => T | undefined, right: string): T => {
    const text = entries.get(key);
    if (text === null) return usual;
    const value = parse(text);
    if (value === undefined)
      problems.push(`${key}=${visibleText(text.slice(0, MAX_TEXT))} is not used: ${right}`);
    return value ?? usual;
  };
  const asked = (entries.get("show") ?? "").split(",").filter(Boolean);
  const parts = EMBED_PARTS.filter((part) => asked.includes(part));
  for (const name of new Set(asked))
    if (!parts.some((part) => part === name))
      problems.push(
        `show=${visibleText(name.slice(0, MAX_TEXT))} is left out: an embed shows ${EMBED_PARTS.join(", ")}`,
      );
  return {
    view: {
      parts: parts.length > 0 ? parts : USUAL_EMBED.parts,
      theme: read(
        "theme",
        USUAL_EMBED.theme,
        (text) => EMBED_THEMES.find((one) => one === text),
        `a theme is ${EMBED_THEMES.join(", ")}`,
      ),
      numbers: read("numbers", USUAL_EMBED.numbers, languageTag, "a language is a tag such as de or pt-BR"),
      parent: read(
        "parent",
        undefined,
        pageOrigin,
        "a page is named by its origin, such as https://course.example",
      ),
    },
    problems: problems.slice(0, EMBED_PARTS.length),
  };
}

/** @returns with "?"; only what differs from the usual is in it */
export function embedQuery({ parts, theme, numbers, parent }: EmbedView): string {
  const isUsual = parts.join() === USUAL_EMBED.parts.join();
  const entries = [
    `${VIEW_KEY}=${EMBED}`,
    ...(isUsual ? [] : [`show=${parts.join(",")}`]),
    ...(theme === USUAL_EMBED.theme ? [] : [`theme=${theme}`]),
    ...(numbers === USUAL_EMBED.numbers ? [] : [`numbers=${encodeURIComponent(numbers)}`]),
    ...(parent === undefined ? [] : [`parent=${encodeURIComponent(parent)}`]),
  ];
  return `?${entries.join("&")}`;
}

/** @param link to the lab, without a view; @returns the address of an embed of it */
export function embedLink(link: string, view: EmbedView): string {
  const at = link.indexOf("#");
  const [page, hash] = at < 0 ? [link, ""] : [link.slice(0, at), link.slice(at)];
  const query = embedQuery(view);
  return `${page}${page.includes("?") ? query.replace("?", "&") : query}${hash}`;
}

/** @returns the tag as it is usually written; undefined where no numbers are known for it */
export function languageTag(text: string): string | undefined {
  try {
    return Intl.NumberFormat.supportedLocalesOf(text)[0];
  } catch {
    return undefined; // no tag at all
  }
}

/** "https://course.example/page" is one page of an origin; "https://course.example" names it. @returns undefined for all else */
export function pageOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, origin, host } = new URL(text);
  const isWeb = /^https?:$/.test(protocol) && !host.includes("*");
  return isWeb && text.toLowerCase().replace(/\/$/, "") === origin ? origin : undefined;
}
