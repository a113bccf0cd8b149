// One text of a dataset with its language, as a reader of that language expects it.
import { languageInfo } from "../../core/languages/languageInfo.ts";

/** A text with its language: read out, shaped and laid out as that language wants it. */
export function LanguageText({ lang, text }: { readonly lang: string; readonly text: string }) {
  const { name, direction } = languageInfo(lang);
  return (
    <span className="langText">
      <abbr className="langText-code" title={name}>
        {lang}
      </abbr>
      <bdi lang={lang} dir={direction}>
        {text}
      </bdi>
    </span>
  );
}
