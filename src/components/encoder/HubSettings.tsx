// What the hub's downloads take in this browser, and where the hub is. Downloads nothing.
import { Trash2 } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { VECTORS_OF } from "../../core/encoders/encoderInfo.ts";
import { parseHubAddress } from "../../core/encoders/hubAddress.ts";
import { encoderStore } from "../../state/encoderStore.ts";
import { PAGE_HUB } from "../../state/workersStore.ts";
import { preferencesStore } from "../../state/preferencesStore.ts";
import { Button } from "../controls/Button.tsx";
import { bytesText } from "../words/bytesText.ts";

export function HubSettings() {
  return (
    <>
      <Kept title="Downloads in this browser" ofTeachers={false}>
        Later runs use them without the network. At most 4 GB; those not used for longest go first.
      </Kept>
      <Kept title="Vectors of teachers" ofTeachers>
        Of texts that a teacher has read: later runs with it do not wait. At most 1 GB; those not used for
        longest go first.
      </Kept>
      <HubAddress />
    </>
  );
}

interface KeptProps {
  readonly title: string;
  readonly ofTeachers: boolean;
  readonly children: ReactNode;
}

function Kept({ title, ofTeachers, children }: KeptProps) {
  const all = useStore(encoderStore, (state) => state.downloads);
  const downloads = all.filter(({ id }) => id.startsWith(VECTORS_OF) === ofTeachers);
  const titleId = useId();
  if (downloads.length === 0) return null;
  const total = downloads.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <section className="downloads" aria-labelledby={titleId}>
      <h4 id={titleId}>
        {title}: {bytesText(total)}
      </h4>
      <ul>
        {downloads.map(({ id, bytes }) => (
          <li key={id}>
            <span className="downloads-id">{id.replace(/^(vectors:)?(hf:)?/, "")}</span>
            <span className="numbers">{bytesText(bytes)}</span>
            <Button
              look="quiet"
              icon={Trash2}
              iconOnly
              onClick={() => void encoderStore.getState().removeDownload(id)}
            >
              {ofTeachers ? `Remove the ${id.replace(":", " of ")}` : `Remove the download of ${id}`}
            </Button>
          </li>
        ))}
      </ul>
      <p className="field-note">{children}</p>
    </section>
  );
}

/** Empty for the page's own hub; taken over when the box is left. */
function HubAddress() {
  const kept = useStore(preferencesStore, ({ hub }) => hub);
  const [typed, setTyped] = useState<string>();
  const [inputId, noteId] = [useId(), useId()];
  const text = (typed ?? kept).trim();
  const address = text === "" ? "" : parseHubAddress(text, window.location.origin);
  const take = () => {
    if (address === undefined) return; // stays, with what is wrong beside it
    preferencesStore.getState().setHub(address);
    setTyped(undefined);
  };
  return (
    <div className="hubAddress">
      <label htmlFor={inputId}>Address of the hub</label>
      <input
        id={inputId}
        className="textBox"
        type="text"
        inputMode="url"
        placeholder={PAGE_HUB}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={noteId}
        aria-invalid={address === undefined || undefined}
        value={typed ?? kept}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => event.key === "Enter" && take()}
        onBlur={take}
      />
      <p id={noteId} className="field-note" role={address === undefined ? "alert" : undefined}>
        {address === undefined
          ? `“${text}” cannot be asked from this page: an address that begins with https:// would be right.`
          : "A mirror of your school or company, where there is one. Leave it empty for the hub itself."}
      </p>
    </div>
  );
}
