// Which sets of the catalogue given files are, each with its licence; where they are several, which to add.
import type { CatalogEntry } from "../../core/data/catalog.ts";

interface KnownSetsProps {
  readonly entries: readonly CatalogEntry[];
  readonly chosen: readonly string[];
  readonly problem: string | undefined;
  readonly onChosen: (ids: readonly string[]) => void;
}

export function KnownSets({ entries, chosen, problem, onChosen }: KnownSetsProps) {
  const toggle = (id: string) =>
    onChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <fieldset className="knownSets">
      <legend>{entries.length === 1 ? "These files are" : "These files can become"}</legend>
      {entries.map(({ id, title, licence, licenceUrl, licenceDoubt, conversion }) => (
        <div key={id} className="knownSets-one">
          {entries.length === 1 ? (
            <strong>{title}</strong>
          ) : (
            <label>
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />{" "}
              <strong>{title}</strong>
            </label>
          )}
          <p>
            Licence:{" "}
            {licenceUrl === undefined ? (
              licence
            ) : (
              <a href={licenceUrl} target="_blank" rel="noreferrer">
                {licence}
              </a>
            )}
            . Use the data only as it allows.
            {licenceDoubt !== undefined && ` In doubt: ${licenceDoubt}.`}
          </p>
          <p className="field-note">{conversion}</p>
        </div>
      ))}
      {problem !== undefined && (
        <p role="status" className="field-problem">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
