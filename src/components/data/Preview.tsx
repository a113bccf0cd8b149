// A few pairs of one language of a dataset, each text with its own language and direction.
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { messageOf } from "../../core/messageOf.ts";
import { useEffect, useId, useState } from "react";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import type { PreviewPair } from "../../core/data/records.ts";
import { datasetStore } from "../../state/datasetStore.ts";

type Shown =
  | { readonly state: "reading" }
  | { readonly state: "read"; readonly pairs: readonly PreviewPair[] }
  | { readonly state: "failed"; readonly message: string };

/** English if the dataset has it: most readers can judge it. */
const firstLanguage = (languages: readonly string[]) =>
  languages.includes("en") ? "en" : (languages[0] ?? "");

export function Preview({ dataset }: { dataset: DatasetInfo }) {
  const { id, languages } = dataset;
  const [lang, setLang] = useState(() => firstLanguage(languages));
  const [shown, setShown] = useState<Shown>({ state: "reading" });
  const selectId = useId();
  useEffect(() => {
    let wanted = true;
    datasetStore
      .getState()
      .preview(id, lang)
      .then((pairs) => wanted && setShown({ state: "read", pairs }))
      .catch((error: unknown) => {
        const message = messageOf(error);
        if (wanted) setShown({ state: "failed", message });
      });
    return () => {
      wanted = false;
    };
  }, [id, lang]);
  const { direction } = languageInfo(lang);
  return (
    <div className="preview">
      <div className="preview-choice">
        <label htmlFor={selectId}>First texts in</label>
        <select
          id={selectId}
          className="select"
          value={lang}
          onChange={({ target }) => {
            setShown({ state: "reading" });
            setLang(target.value);
          }}
        >
          {languages.map((code) => (
            <option key={code} value={code}>
              {languageInfo(code).name} ({code})
            </option>
          ))}
        </select>
      </div>
      {shown.state === "reading" && <p role="status">Reading …</p>}
      {shown.state === "failed" && <p className="field-text field-problem">{shown.message}</p>}
      {shown.state === "read" && shown.pairs.length === 0 && <p>This language has no texts.</p>}
      {shown.state === "read" && (
        <ul className="textPairs">
          {shown.pairs.map(({ query, passage }, i) => (
            <li key={i} lang={lang} dir={direction}>
              {query !== undefined && <p className="textPairs-query">{query}</p>}
              {passage !== undefined && <p>{passage}</p>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
