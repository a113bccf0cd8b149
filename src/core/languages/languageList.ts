// Languages typed by a person: codes between commas or spaces, to tags. Knows no dataset.
import { languageTag } from "./languageTag.ts";

/** "sw, yor" -> ["sw", "yo"], each once; a sentence where one is no code. */
export function readLanguageList(
  text: string,
): { readonly tags: readonly string[] } | { readonly problem: string } {
  const codes = text.split(/[\s,;]+/).filter((code) => code !== "");
  const tags: string[] = [];
  for (const code of codes) {
    const tag = languageTag(code);
    if (tag === null) return { problem: `“${code}” is no language code such as “sw” or “zh-Hant”.` };
    if (!tags.includes(tag)) tags.push(tag);
  }
  return { tags };
}
