// One dataset of the catalogue that is not in this browser yet: what it is and how to get it.
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { Download } from "lucide-react";
import { useId, useState } from "react";
import { useStore } from "zustand";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { ImportError, ImportProgress } from "../addData/ImportProgress.tsx";
import { bytesText } from "../words/bytesText.ts";
import { LicenceDialog } from "./LicenceDialog.tsx";
import { PURPOSES } from "./purposes.ts";
import { Sources } from "./Sources.tsx";

interface OfferCardProps {
  readonly entry: CatalogEntry;
  readonly onAdded: (title: string) => void;
}

export function OfferCard({ entry, onAdded }: OfferCardProps) {
  const { id, title, purpose, languages, files, obtain } = entry;
  const { licence, licenceUrl, licenceDoubt, source, citation, conversion, contamination } = entry;
  const [opened, setOpened] = useState(false);
  const titleId = useId();
  const importing = useStore(datasetStore, (state) => state.importing);
  const [asking, setAsking] = useState(false);
  const isSizeKnown = files.every((file) => file.bytes !== undefined);
  const bytes = isSizeKnown ? files.reduce((sum, file) => sum + (file.bytes ?? 0), 0) : 0;
  const download = async (chosen: readonly string[] | undefined) => {
    setAsking(false);
    if (await datasetStore.getState().download(id, title, chosen)) onAdded(title);
  };
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
      {licenceDoubt !== undefined && <p className="field-note">Licence in doubt: {licenceDoubt}.</p>}
      {importing?.about === id ? (
        <ImportProgress {...importing} />
      ) : (
        files.length > 0 && (
          <div className="dataCard-actions">
            <Button
              icon={Download}
              inactive={importing !== undefined}
              aria-haspopup="dialog"
              onClick={() => setAsking(true)}
            >
              Download …
            </Button>
          </div>
        )
      )}
      <ImportError about={id} />
      {asking && (
        <LicenceDialog
          entry={entry}
          onAccept={(chosen) => void download(chosen)}
          onClose={() => setAsking(false)}
        />
      )}
      <details onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
        <summary>What it is and how to get it</summary>
        {opened && (
          <div className="dataCard-fold">
            <Sources {...{ licence, licenceUrl, source, citation, conversion, contamination }} />
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
