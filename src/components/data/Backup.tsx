// Everything that the page keeps here, as one file to save and to bring back. Reads and writes none of it itself.
import { ArchiveRestore, HardDriveDownload } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { counted } from "../../core/counted.ts";
import { backupStore } from "../../state/backup/backupStore.ts";
import { Button } from "../controls/Button.tsx";
import { FileButton } from "../controls/FileButton.tsx";
import { Notice } from "../controls/Notice.tsx";
import { saveFile } from "../controls/saveFile.ts";
import { bytesText } from "../words/bytesText.ts";

export function Backup() {
  const { facts, working, said, trouble } = useStore(backupStore);
  const [withEncoders, setWithEncoders] = useState(false);
  const { make, restore, survey, dismiss } = backupStore.getState();
  useEffect(() => void survey(), [survey]);
  const save = async () => {
    const file = await make(withEncoders);
    const day = new Date().toISOString().slice(0, 10);
    if (file) saveFile(`hybrid-batch-lab-backup-${day}.tar`, file.type, file);
  };
  const bytes = facts && facts.bytes + (withEncoders ? facts.encoderBytes : 0);
  return (
    <section aria-labelledby="data-backup" className="backup">
      <h3 id="data-backup">Backup</h3>
      <p className="dataPage-lead">
        Browsers clear what a page keeps when the disk is full, and some after weeks without a visit. A backup
        is one file of your runs, studies, data sets, the form and the page’s settings. Not in it: what is
        fetched or made again, such as downloaded data and encoders, token lists and measured speeds; and
        snapshots, so a run that was cut off comes back with its numbers and does not go on.
      </p>
      {facts && (
        <p className="field-note" role="status">
          Here now: {facts.holds}.
        </p>
      )}
      {facts && facts.encoders > 0 && (
        <label className="backup-choice">
          <input
            type="checkbox"
            checked={withEncoders}
            onChange={({ target }) => setWithEncoders(target.checked)}
          />
          With {counted(facts.encoders, "encoder")} of your own ({bytesText(facts.encoderBytes)})
        </label>
      )}
      <div className="dataCard-actions">
        <Button icon={HardDriveDownload} inactive={working !== undefined} onClick={() => void save()}>
          Back up everything{bytes !== undefined && ` (about ${bytesText(bytes)})`}
        </Button>
        <FileButton
          icon={ArchiveRestore}
          inactive={working !== undefined}
          accept=".tar,application/x-tar"
          label="Backup to restore"
          onGiven={([file]) => void restore(file!)}
        >
          Restore a backup …
        </FileButton>
      </div>
      {working && (
        <p>
          <span role="status">{working.words}</span>{" "}
          <progress
            aria-label={working.words}
            {...(working.total > 0 && { value: working.done, max: working.total })}
          />
        </p>
      )}
      {trouble !== undefined && (
        <Notice tone="bad" onDismiss={dismiss}>
          <p>{trouble}</p>
        </Notice>
      )}
      {said.length > 0 && (
        <Notice tone="info" onDismiss={dismiss}>
          {said.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
    </section>
  );
}
