// What a language is called on the page.
import { languageInfo } from "../../core/languages/languageInfo.ts";
import type { Run } from "../../state/run/run.ts";

export const languageLabel = (code: string) => {
  const { name } = languageInfo(code);
  return name === code ? code : `${name} (${code})`;
};

export const isHeldOut = (run: Pick<Run, "spec">, code: string) => run.spec.languages.heldOut.includes(code);
