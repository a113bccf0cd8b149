// Before a download: the licence by name, where the files come from, and which languages where its files are split by them.
import { Download } from "lucide-react";
import { useState } from "react";
import { filesFor, offeredLanguages } from "../../core/data/catalogFiles.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { Button } from "../controls/Button.tsx";
import { Dialog } from "../controls/Dialog.tsx";
import { SearchBox } from "../controls/SearchBox.tsx";
import { bytesText } from "../words/bytesText.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";

interface LicenceDialogProps {
  readonly entry: CatalogEntry;
  /** @param languages undefined: all of them */
  readonly onAccept: (languages: readonly string[] | undefined) => void;
  readonly onClose: () => void;
}

/** From so many languages on, reading a list is slower than typing a name. */
const MANY = 20;

export function LicenceDialog({ entry, onAccept, onClose }: LicenceDialogProps) {
  const { title, licence, licenceUrl, licenceDoubt, files, byLanguage } = entry;
  const offered = offeredLanguages(entry)
    .map((lang) => ({ lang, name: languageInfo(lang).name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [wantedName, setWantedName] = useState("");
  const toggle = (lang: string) =>
    setChosen(chosen.includes(lang) ? chosen.filter((other) => other !== lang) : [...chosen, lang]);
  /** What is ticked stays in sight. */
  const isShown = ({ lang, name }: (typeof offered)[number]) =>
    chosen.includes(lang) || `${name} ${lang}`.toLowerCase().includes(wantedName.trim().toLowerCase());
  const languages = byLanguage || chosen.length > 0 ? chosen : undefined;
  const wanted = filesFor(entry, languages);
  const known = wanted.every(({ bytes }) => bytes !== undefined);
  const bytes = wanted.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  const hosts = [...new Set(files.map(({ url }) => new URL(url).host))];
  const ready = languages?.length !== 0;
  return (
    <Dialog
      title={`Download ${title}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" icon={Download} inactive={!ready} onClick={() => onAccept(languages)}>
            Accept and download
          </Button>
        </>
      }
    >
      <div className="licence">
        <p>
          Its licence is{" "}
          {licenceUrl === undefined ? (
            <strong>{licence}</strong>
          ) : (
            <a href={licenceUrl} target="_blank" rel="noreferrer">
              {licence}
            </a>
          )}
          . Use the data only as it allows.
        </p>
        {licenceDoubt !== undefined && <p>Licence in doubt: {licenceDoubt}.</p>}
        {ready ? (
          <p>
            This browser fetches {wanted.length} {wanted.length === 1 ? "file" : "files"}
            {known && ` (${bytesText(bytes)})`} from {hosts.join(" and ")}, and only then
            {hosts.length === 1 ? " is that server" : " are those servers"} asked for anything.
          </p>
        ) : (
          <p>Choose at least one language: its files come from {hosts.join(" and ")}.</p>
        )}
        {offered.length > 0 && (
          <fieldset className="licence-languages">
            <legend>Languages to download{!byLanguage && ` (none ticked: all ${offered.length})`}</legend>
            {offered.length > MANY && (
              <SearchBox label="Find a language" value={wantedName} onValue={setWantedName} />
            )}
            {offered.filter(isShown).map(({ lang, name }) => (
              <label key={lang}>
                <input type="checkbox" checked={chosen.includes(lang)} onChange={() => toggle(lang)} /> {name}
              </label>
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  );
}
