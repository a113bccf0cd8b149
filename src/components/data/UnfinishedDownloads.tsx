// Downloads that were cut or ended: what of each is here, and the choice to go on or to remove it.
import type { UnfinishedDownload } from "../../core/data/unfinishedDownload.ts";
import { Download, Trash2 } from "lucide-react";
import { useStore } from "zustand";
import { filesFor } from "../../core/data/catalogFiles.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { bytesText } from "../words/bytesText.ts";

export function UnfinishedDownloads({ onAdded }: { onAdded: (title: string) => void }) {
  const unfinished = useStore(datasetStore, (state) => state.unfinished);
  const importing = useStore(datasetStore, (state) => state.importing);
  const waiting = unfinished.filter(({ id }) => id !== importing?.about);
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="data-unfinished">
      <h3 id="data-unfinished">Unfinished downloads</h3>
      <ul className="unfinished">
        {waiting.map((download) => (
          <Unfinished key={download.id} busy={importing !== undefined} {...{ download, onAdded }} />
        ))}
      </ul>
    </section>
  );
}

interface UnfinishedProps {
  readonly download: UnfinishedDownload;
  readonly busy: boolean;
  readonly onAdded: (title: string) => void;
}

function Unfinished({ download: { id, bytes, languages }, busy, onAdded }: UnfinishedProps) {
  const entry = useStore(datasetStore, ({ catalog }) => catalog.find((known) => known.id === id));
  const title = entry?.title ?? id;
  // What was noted may be older than the catalogue.
  const noted = languages?.filter((lang) => entry?.languages.includes(lang));
  const files = entry ? filesFor(entry, noted) : [];
  const total = files.every((file) => file.bytes !== undefined)
    ? files.reduce((sum, file) => sum + (file.bytes ?? 0), 0)
    : 0;
  const resume = async () => {
    if (await datasetStore.getState().download(id, title, languages)) onAdded(title);
  };
  return (
    <li className="dataCard">
      <p>
        <strong>{title}</strong>
        {languages && `: ${languages.map((lang) => languageInfo(lang).name).join(", ")}`}
      </p>
      <p className="dataCard-counts">
        <strong>{bytesText(bytes)}</strong> {total > 0 && `of ${bytesText(total)} `}
        {bytes < total || total === 0 ? "are here" : "are here; they are not a dataset yet"}
      </p>
      <div className="dataCard-actions">
        {entry && (
          <Button icon={Download} inactive={busy} onClick={() => void resume()}>
            Resume
          </Button>
        )}
        <Button
          look="danger"
          icon={Trash2}
          inactive={busy}
          onClick={() => void datasetStore.getState().discardDownload(id)}
        >
          Discard
        </Button>
      </div>
    </li>
  );
}
