// The data page: what is in this browser, the way in for files, and what the catalogue offers beyond. Trains nothing.
import { ArrowLeft } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { draftLink, draftStore } from "../../state/draftStore.ts";
import { datasetStore } from "../../state/datasetStore.ts";
import { Button } from "../controls/Button.tsx";
import { Notice } from "../controls/Notice.tsx";
import { AddFiles } from "../addData/AddFiles.tsx";
import { DatasetNotices } from "../addData/DatasetNotices.tsx";
import { lazyPart } from "../controls/lazyPart.tsx";
import { DatasetCard } from "./DatasetCard.tsx";
import { OfferCard } from "./OfferCard.tsx";
import { Offline } from "./Offline.tsx";
import { StorageLine } from "./StorageLine.tsx";
import { UnfinishedDownloads } from "./UnfinishedDownloads.tsx";
import "./data.css";

const Backup = lazyPart(async () => (await import("./Backup.tsx")).Backup);

/** Back to the lab, with the experiment as it stands. */
const showLab = () => {
  window.location.hash = draftLink(draftStore.getState());
};

export function DataPage() {
  const datasets = useStore(datasetStore, (state) => state.datasets);
  const catalog = useStore(datasetStore, (state) => state.catalog);
  const listState = useStore(datasetStore, (state) => state.status);
  const [added, setAdded] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []); // a new page begins at its heading
  const offers = catalog.filter(
    (entry) => !datasets.some(({ id }) => id === entry.id) && entry.origin === "converted",
  );
  const entryOf = (id: string) => catalog.find((entry) => entry.id === id);
  return (
    <main className="page dataPage" id="results" tabIndex={-1}>
      <header className="dataPage-head">
        <Button icon={ArrowLeft} onClick={showLab}>
          Back to the lab
        </Button>
        <h2 ref={heading} tabIndex={-1}>
          Data
        </h2>
      </header>
      <DatasetNotices />
      <StorageLine />
      <Offline />
      <div className="backup-place">
        <Suspense>
          <Backup />
        </Suspense>
      </div>
      <UnfinishedDownloads onAdded={setAdded} />
      <section aria-labelledby="data-add">
        <h3 id="data-add">Add data</h3>
        <p className="dataPage-lead">
          Give the files a dataset is published as, or your own: BEIR and MTEB folders, or tables of queries
          and passages (JSON lines, CSV, TSV, Parquet). What they are is recognised; you confirm it, and the
          dataset appears below once every line has been read.
        </p>
        <AddFiles onAdded={({ title }) => setAdded(title)} />
        {added !== undefined && (
          <Notice tone="good" onDismiss={() => setAdded(undefined)}>
            {added} is in this browser now.
          </Notice>
        )}
      </section>
      <section aria-labelledby="data-here">
        <h3 id="data-here">In this browser</h3>
        {listState === "loading" && datasets.length === 0 && <p role="status">Looking …</p>}
        {listState === "ready" && datasets.length === 0 && (
          <p>No dataset is here. Add files above, or build the embedded one with npm start.</p>
        )}
        <div className="dataCards">
          {datasets.map((dataset) => (
            <DatasetCard key={dataset.id} dataset={dataset} entry={entryOf(dataset.id)} onUsed={showLab} />
          ))}
        </div>
      </section>
      <section aria-labelledby="data-offers">
        <h3 id="data-offers">More in the catalogue</h3>
        {offers.length === 0 && listState === "ready" && (
          <p>Everything the catalogue offers is here already.</p>
        )}
        <div className="dataCards">
          {offers.map((entry) => (
            <OfferCard key={entry.id} entry={entry} onAdded={setAdded} />
          ))}
        </div>
      </section>
    </main>
  );
}
