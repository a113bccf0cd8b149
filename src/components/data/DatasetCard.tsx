// One dataset that is in this browser: what it is, what is in it, where it came from, and what can be done with it.
import type { CatalogEntry } from "../../core/data/catalog.ts";
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { messageOf } from "../../core/messageOf.ts";
import { FlaskConical, GraduationCap, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { draftStore } from "../../state/draftStore.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { CopyButton } from "../controls/CopyButton.tsx";
import { bytesText } from "../words/bytesText.ts";
import { LanguageCounts } from "./LanguageCounts.tsx";
import { Preview } from "./Preview.tsx";
import { PURPOSES } from "./purposes.ts";
import { Sources } from "./Sources.tsx";
import { countText } from "../words/numberText.ts";

interface DatasetCardProps {
  readonly dataset: DatasetInfo;
  readonly entry?: CatalogEntry | undefined;
  readonly onUsed: () => void;
}

export function DatasetCard({ dataset, entry, onUsed }: DatasetCardProps) {
  const { id, title, languages, queries, passages, bytes, origin, manifest } = dataset;
  const use = (path: "data.train" | "data.eval") => {
    draftStore.getState().setField(path, id);
    onUsed();
  };
  return (
    <article className="dataCard" aria-labelledby={`set-${id}`}>
      <header>
        <h3 id={`set-${id}`}>{title}</h3>
        <p className="field-note">
          {entry ? PURPOSES[entry.purpose] : "Your own data."}{" "}
          {origin === "embedded" ? "Comes with the page." : ""}
        </p>
      </header>
      <p className="dataCard-counts">
        <strong>{languages.length}</strong> {languages.length === 1 ? "language" : "languages"} ·{" "}
        <strong>{countText(queries)}</strong> queries · <strong>{countText(passages)}</strong> passages ·{" "}
        <strong>{bytesText(bytes)}</strong>
      </p>
      <div className="dataCard-actions">
        <Button icon={GraduationCap} onClick={() => use("data.train")}>
          Train on it
        </Button>
        <Button icon={FlaskConical} onClick={() => use("data.eval")}>
          Test on it
        </Button>
        {origin === "added" && <Remove dataset={dataset} />}
      </div>
      {manifest.notes !== undefined && manifest.notes.length > 0 && (
        <Fold summary={`What the conversion left out or noted (${manifest.notes.length})`}>
          <ul className="dataCard-notes">
            {manifest.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Fold>
      )}
      <Fold summary="Look inside">
        <Preview dataset={dataset} />
      </Fold>
      <Fold summary="Texts per language">
        <LanguageCounts dataset={dataset} />
      </Fold>
      <Fold summary="Licence, source and fingerprint">
        <Sources
          licence={manifest.licence}
          licenceUrl={entry?.licenceUrl}
          source={manifest.source}
          citation={manifest.citation}
          conversion={entry?.conversion}
          contamination={entry?.contamination}
        />
        <p className="dataCard-hash">
          <span>SHA-256</span> <code>{manifest.sha256}</code>
          <CopyButton text={manifest.sha256}>Copy</CopyButton>
        </p>
        <p className="field-note">Run records carry it: equal fingerprints mean equal texts.</p>
      </Fold>
    </article>
  );
}

/** Its content is made when it is first opened: a preview reads files. */
function Fold({ summary, children }: { summary: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && <div className="dataCard-fold">{children}</div>}
    </details>
  );
}

/** Asks once more before it deletes: files may be hard to get again. */
function Remove({ dataset: { id, title } }: { dataset: DatasetInfo }) {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const remove = () => {
    setAsking(false);
    datasetStore
      .getState()
      .remove(id)
      .catch((error: unknown) => setProblem(messageOf(error)));
  };
  if (!asking) {
    return (
      <>
        <Button look="danger" icon={Trash2} onClick={() => setAsking(true)}>
          Remove …
        </Button>
        {problem !== undefined && <p className="field-text field-problem">{problem}</p>}
      </>
    );
  }
  return (
    <div className="dataCard-confirm" role="group" aria-label={`Remove ${title}?`}>
      <p>Remove it from this browser? Recorded runs stay.</p>
      <Button look="danger" icon={Trash2} onClick={remove} autoFocus>
        Remove
      </Button>
      <Button onClick={() => setAsking(false)}>Keep</Button>
    </div>
  );
}
