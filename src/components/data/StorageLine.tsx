// What the page keeps on this machine and how safe it is there.
import { ShieldCheck } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { datasetStore } from "../../state/datasetStore.ts";
import { storageStore } from "../../state/storageStore.ts";
import { Button } from "../controls/Button.tsx";
import { bytesText } from "../words/bytesText.ts";

export function StorageLine() {
  const datasets = useStore(datasetStore, (state) => state.datasets);
  const tokenBytes = useStore(datasetStore, (state) => state.tokenBytes);
  const { usedBytes, allowedBytes, isKept } = useStore(storageStore);
  useEffect(() => void storageStore.getState().refresh(), [datasets]);
  const added = datasets
    .filter(({ origin }) => origin === "added")
    .reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <section className="storage" aria-label="Storage">
      <dl className="storage-facts">
        <Fact name="Datasets added" value={bytesText(added)} />
        <Fact
          name="Token lists"
          value={bytesText(tokenBytes)}
          help="made from the texts; make later runs start at once"
        />
        {usedBytes !== undefined && (
          <Fact
            name="The lab in this browser"
            value={bytesText(usedBytes)}
            {...(allowedBytes !== undefined && { help: `of about ${bytesText(allowedBytes)} it may use` })}
          />
        )}
      </dl>
      {isKept === true && <p className="field-note">The browser has promised to keep this data.</p>}
      {isKept === false && (
        <div className="storage-keep">
          <p className="field-note">The browser may clear this data when the disk is full.</p>
          <Button icon={ShieldCheck} onClick={() => void storageStore.getState().askToKeep()}>
            Ask it to keep the data
          </Button>
        </div>
      )}
    </section>
  );
}

function Fact({ name, value, help }: { name: string; value: string; help?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong className="numbers">{value}</strong>
        {help !== undefined && <span className="field-note"> {help}</span>}
      </dd>
    </div>
  );
}
