// What of the page works without a network: whether it is all here, part by part with sizes, and buttons to keep and remove.
import { Download, Square, Trash2 } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { findShipped } from "../../core/encoders/shippedEncoders.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import {
  EVERYTHING,
  offlineStore,
  VISIT,
  type OfflinePart,
  type OfflineState,
} from "../../state/offline/offlineStore.ts";
import { storageStore } from "../../state/storageStore.ts";
import { Button } from "../controls/Button.tsx";
import { bytesText } from "../words/bytesText.ts";

export function Offline() {
  const state = useStore(offlineStore);
  const { parts, progress, standing } = state;
  const { keep, stop, survey } = offlineStore.getState();
  useEffect(() => void survey(), [survey]);
  useEffect(() => void storageStore.getState().refresh(), [parts]);
  const missing = parts.reduce((sum, { bytes, keptBytes }) => sum + bytes - keptBytes, 0);
  return (
    <section aria-labelledby="data-offline" className="offline">
      <h3 id="data-offline">Without a network</h3>
      <p className="dataPage-lead" role="status">
        {wordsOf(state)}
      </p>
      {progress && (
        <p className="offline-progress">
          <progress aria-label="Being kept" value={progress.done} max={progress.total} />
          <Button icon={Square} onClick={stop}>
            Stop
          </Button>
        </p>
      )}
      {parts.length > 0 && (
        <>
          <details>
            <summary>What is kept, part by part</summary>
            <ul className="offline-parts">
              {[...parts].sort(byUse).map((part) => (
                <Part key={part.id} part={part} busy={progress !== undefined} />
              ))}
            </ul>
          </details>
          <div className="dataCard-actions">
            {(standing === "unasked" || standing === "failed") && (
              <Button icon={Download} inactive={progress !== undefined} onClick={() => void keep(VISIT)}>
                Keep the quick start
              </Button>
            )}
            {missing > 0 && (
              <Button icon={Download} inactive={progress !== undefined} onClick={() => void keep(EVERYTHING)}>
                Keep everything ({bytesText(missing)})
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** The page first, then what is kept, then what might be. */
const byUse = (a: OfflinePart, b: OfflinePart) =>
  KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b)) ||
  b.keptBytes - a.keptBytes ||
  a.id.localeCompare(b.id);
const KINDS = ["page", "studies", "datasets", "models"];
const kindOf = ({ id }: OfflinePart) => id.replace(/\/.*/, "");

function wordsOf({ standing, why, progress, isOlder, parts, quickStart }: OfflineState): string {
  if (isOlder)
    return "What runs here was kept by an earlier visit; the newest version comes once there is a network.";
  switch (standing) {
    case "refused":
      return `${why}. The lab works as long as the network does.`;
    case "failed":
      return `Not all of it works without a network: ${why}. The lab itself works on.`;
    case "keeping":
      return progress
        ? `Being kept: ${bytesText(progress.done)} of ${bytesText(progress.total)}. It waits while something trains.`
        : "Looking at what is kept …";
    case "ready":
      return quickStart === "here"
        ? "The page, the quick start and the recorded studies work without a network. Other sets and encoders are kept once they are used."
        : "The page works without a network. A part that the quick start or the recorded studies need was removed.";
    case "unasked":
      return "What was used is kept, and nothing more before you ask for it.";
    case "unknown":
      return parts.length > 0
        ? "It is kept once the page has been quiet for a moment."
        : "Looking at what is kept …";
  }
}

function Part({ part: { id, bytes, keptBytes }, busy }: { part: OfflinePart; busy: boolean }) {
  const [kind, name = ""] = id.split("/");
  const title = useStore(datasetStore, ({ datasets }) => datasets.find((set) => set.id === name)?.title);
  const called =
    kind === "page"
      ? "The page"
      : kind === "studies"
        ? "Recorded studies"
        : kind === "datasets"
          ? (title ?? name)
          : name === "tokenizer"
            ? "Pieces for random weights"
            : `${findShipped(name)?.title ?? "Encoder"} (${name})`;
  const { keep, remove } = offlineStore.getState();
  return (
    <li>
      <span className="offline-name">{called}</span>
      <span className="numbers">
        {keptBytes === 0
          ? `not kept, ${bytesText(bytes)}`
          : keptBytes < bytes
            ? `${bytesText(keptBytes)} of ${bytesText(bytes)}`
            : bytesText(bytes)}
      </span>
      <span className="offline-actions">
        {keptBytes < bytes && (
          <Button look="quiet" icon={Download} iconOnly inactive={busy} onClick={() => void keep(id)}>
            {`Keep ${called}`}
          </Button>
        )}
        {keptBytes > 0 && kind !== "page" && (
          <Button look="quiet" icon={Trash2} iconOnly inactive={busy} onClick={() => void remove(id)}>
            {`Remove ${called}`}
          </Button>
        )}
      </span>
    </li>
  );
}
