// One dataset of the catalogue that is not in this browser yet: what it is and how to get it.
import { useId, useState } from "react";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { bytesText } from "./bytesText.ts";
import { PURPOSES, type CatalogEntry } from "./purposes.ts";
import { Sources } from "./Sources.tsx";

export function OfferCard({ entry }: { entry: CatalogEntry }) {
  const { id, title, purpose, languages, files, licence, licenceUrl, source, citation, conversion, obtain } =
    entry;
  const [opened, setOpened] = useState(false);
  const titleId = useId();
  const isSizeKnown = files.every((file) => file.bytes !== undefined);
  const bytes = isSizeKnown ? files.reduce((sum, file) => sum + (file.bytes ?? 0), 0) : 0;
  return (
    <article className="dataCard" aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>{title}</h3>
        <p className="field-note">{PURPOSES[purpose]}</p>
      </header>
      <p className="dataCard-counts">
        <strong>{languages.length}</strong> languages
        {bytes > 0 && (
          <>
            {" "}
            · <strong>{bytesText(bytes)}</strong> to download
          </>
        )}{" "}
        · {licence}
      </p>
      <details onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
        <summary>What it is and how to get it</summary>
        {opened && (
          <div className="dataCard-fold">
            <Sources {...{ licence, licenceUrl, source, citation, conversion }} />
            <p>
              <strong>Languages:</strong> {languages.map((lang) => languageInfo(lang).name).join(", ")}
            </p>
            <p>
              {obtain ?? (
                <>
                  Its files can be dropped above. On the command line:{" "}
                  <code>npm run lab -- data add {id}</code>
                </>
              )}
            </p>
          </div>
        )}
      </details>
    </article>
  );
}
