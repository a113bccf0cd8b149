// The note that says where languages came from: the names of folders and files. Finds none itself.
import { languageInfo } from "../languages/languageInfo.ts";
import type { NamedLanguages } from "../languages/namedLanguages.ts";

/** 'Noted: languages as the names of folders or files say: "ms" Malay; "ar-de" queries Arabic, passages German' */
export function languageSource(named: readonly (NamedLanguages & { readonly name: string })[]): string {
  const each = named.map(({ name, query, passage }) => {
    const [asks, answers] = [languageInfo(query).name, languageInfo(passage).name];
    return `"${name}" ${query === passage ? asks : `queries ${asks}, passages ${answers}`}`;
  });
  const other =
    named.length === 1 ? " (to say another: --lang or --passage-lang, or their boxes in the page)" : "";
  return `Noted: languages as the names of folders or files say: ${each.join("; ")}${other}`;
}
