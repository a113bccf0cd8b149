// How many queries and passages each language of a dataset has: a table that stays readable with a hundred of them.
import type { DatasetInfo } from "../../core/data/datasetInfo.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { countText } from "../words/numberText.ts";

export function LanguageCounts({ dataset }: { dataset: DatasetInfo }) {
  const { languages, manifest, title } = dataset;
  const total = (lang: string, side: "queries" | "passages") =>
    manifest.shards
      .filter((shard) => shard.lang === lang && shard.side === side)
      .reduce((sum, shard) => sum + shard.count, 0);
  return (
    // Focusable, so that the keyboard can scroll it.
    <div className="counts" tabIndex={0} role="region" aria-label={`Texts per language of ${title}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Language</th>
            <th scope="col">Queries</th>
            <th scope="col">Passages</th>
          </tr>
        </thead>
        <tbody>
          {languages.map((lang) => (
            <tr key={lang}>
              <th scope="row">
                {languageInfo(lang).name} <abbr title={languageInfo(lang).name}>{lang}</abbr>
              </th>
              <td>{countText(total(lang, "queries"))}</td>
              <td>{countText(total(lang, "passages"))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
