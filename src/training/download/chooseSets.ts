// Which sets given files become, and what each is called: those of the catalogue that they are enough for, else one of the
// person's own. Converts and writes nothing.
import { visibleText } from "../../core/visibleText.ts";
import type { FormatOptions } from "../../core/collections/formatOptions.ts";
import type { ImportChoices } from "../../core/collections/importChoices.ts";
import { ownDatasetId } from "../../core/collections/ownId.ts";
import { convertersFor, findConverter } from "../../core/collections/registry.ts";
import { USER_FORMATS } from "../../core/collections/userFormats.ts";
import type { Converter } from "../../core/converters/converter.ts";
import type { CatalogEntry } from "../../core/data/catalog.ts";
import { baseName, type SourceFile } from "../../core/formats/sourceFile.ts";
import { DataError } from "../../core/inputError.ts";
import type { DatasetFacts } from "../data/writeShards.ts";
import { formatsOf, notRecognised, titleOf } from "./inspectFiles.ts";

/** What a person may say of files, in words. */
const SAID: Readonly<Record<keyof FormatOptions, string>> = {
  lang: "a language",
  passageLang: "the passages' language",
  columns: "columns",
  leaveOutOwn: "that a query's own document is left out",
  unquote: "that fields stand in quotes",
};

/** A set to be made of the files. */
export interface Chosen {
  readonly converter: Converter;
  readonly facts: DatasetFacts;
  readonly isOwn: boolean;
}

/**
 * @param files without archives: as unpackFiles gives them
 * @param there ids of the sets that are kept already
 * @throws DataError naming what is missing, or that the files are nothing the lab can read
 */
export async function chooseSets(
  files: readonly SourceFile[],
  choices: ImportChoices,
  entries: readonly CatalogEntry[],
  there: readonly string[],
): Promise<readonly Chosen[]> {
  const { only, id, languages } = choices;
  const names = files.map(({ name }) => name);
  const converters = only
    ? only.map((one) => enoughFor(one, names, languages))
    : id === undefined
      ? convertersFor(names)
      : [];
  const known = converters.flatMap((converter) => {
    const entry = entries.find((one) => one.id === converter.datasetId);
    return entry ? [{ converter, facts: entryFacts(entry), isOwn: false }] : [];
  });
  if (known.length > 0) return known;
  const own = await ownSet(files, entries, choices);
  if (choices.replace !== true && there.includes(own.facts.id)) {
    throw new DataError(
      `${own.facts.title}: a set of this name is here already; give another name, or say that it is to be replaced`,
    );
  }
  return [own];
}

/** @throws DataError naming the files that are missing */
function enoughFor(id: string, names: readonly string[], languages: ImportChoices["languages"]): Converter {
  const converter = findConverter(id);
  if (!converter) throw new Error(`${id}: the catalogue lists it, but nothing converts it`);
  const { fileNames } = converter;
  if (converter.accepts(names, languages)) return converter;
  const have = new Set(names.map(baseName));
  const isNeeded = (name: string) =>
    !converter.accepts(
      fileNames.filter((other) => other !== name),
      languages,
    );
  const missing = fileNames.filter((name) => !have.has(name) && !name.includes("*") && isNeeded(name));
  const what = missing.length > 0 ? `${missing.join(", ")} missing` : `no ${fileNames.join(" or ")} there`;
  throw new DataError(
    `${what}; ${id} is made from all of its files${languages ? " in the languages chosen" : ""}`,
  );
}

function entryFacts({ id, title, licence, citation, source }: CatalogEntry): DatasetFacts {
  return { id, title, licence, citation, source };
}

/** @throws DataError where the files are in no known format, or not in the one that was chosen */
async function ownSet(
  files: readonly SourceFile[],
  entries: readonly CatalogEntry[],
  choices: ImportChoices,
): Promise<Chosen> {
  const { format: asked, title: given, licence, id: named } = choices;
  const names = files.map(({ name }) => name);
  const formats = await formatsOf(files);
  const format = asked === undefined ? formats[0] : USER_FORMATS.find(({ id }) => id === asked);
  if (!format) throw notRecognised(files);
  const name = given?.trim() || titleOf(names);
  const title = visibleText(name);
  const taken = entries.map((entry) => entry.id);
  const id = named ?? ownDatasetId(name, taken);
  const converter = format.create(id, choices);
  if (!converter.accepts(names)) {
    throw new DataError(`${title}: as ${format.title} it needs ${converter.fileNames.join(", ")}`);
  }
  for (const [option, what] of Object.entries(SAID) as [keyof typeof SAID, string][]) {
    if (choices[option] !== undefined && !format.takes.includes(option))
      throw new DataError(`${title}: ${what} cannot be said of files read as ${format.title}`);
  }
  const source = `given by you (${format.title})`;
  const own = choices.leaveOutOwn && { ownDocuments: "left out" as const };
  const facts = { id, title, licence: licence?.trim() || "not stated", citation: "", source, ...own };
  return { converter, facts, isOwn: true };
}
