// What own files may not say of their texts: their languages, whether quotes around fields are part of them, and whether a query
// may find itself.
import type { GivenSummary } from "../../core/collections/importChoices.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { LanguageBox } from "./LanguageBox.tsx";
import type { Judged, Typed } from "./ownChoices.ts";

interface TextFieldsProps {
  readonly summary: GivenSummary;
  readonly typed: Typed;
  readonly problems: Judged["problems"];
  readonly onChange: (part: Partial<Typed>) => void;
}

export function TextFields({ summary, typed, problems, onChange }: TextFieldsProps) {
  const named = typed.format === summary.formats[0] ? summary.named : undefined;
  const nameOf = (tag: string) => `${languageInfo(tag).name} (${tag})`;
  const taken = (tag: string) =>
    `The name “${named!.name}” is taken for ${nameOf(tag)}; type another code if it is not.`;
  return (
    <>
      <LanguageBox
        single
        label="Language of texts that name none"
        placeholder={named?.query ?? "en"}
        help={
          named
            ? taken(named.query)
            : "Left empty: English, and the card will note it. Folder names such as “sw” and language columns come first."
        }
        text={typed.lang}
        problem={problems.lang}
        onText={(lang) => onChange({ lang })}
      />
      <LanguageBox
        single
        label="Language of passages, where it is another"
        placeholder={named ? named.passage : "the same"}
        help={
          named && named.passage !== named.query
            ? taken(named.passage)
            : "For questions in one language and passages in another. Left empty: the same."
        }
        text={typed.passageLang}
        problem={problems.passageLang}
        onText={(passageLang) => onChange({ passageLang })}
      />
      {typed.format === "beir" && (
        <label>
          <input
            type="checkbox"
            checked={typed.leaveOutOwn}
            onChange={({ target }) => onChange({ leaveOutOwn: target.checked })}
          />{" "}
          Leave a document with a query’s id out of that query’s ranking, as BEIR and MTEB do
        </label>
      )}
      {summary.quoted && (
        <label>
          <input
            type="checkbox"
            checked={typed.unquote}
            onChange={({ target }) => onChange({ unquote: target.checked })}
          />{" "}
          Strip the quotes around fields, as pandas writes them
        </label>
      )}
    </>
  );
}
