// What a person has typed and chosen about files, judged: the choices to import with, or what is wrong, by field. Pure.
import type { GivenSummary, ImportChoices, TableHead } from "../../core/collections/importChoices.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { readLanguageList } from "../../core/languages/languageList.ts";

/** Part -> column; "" and undefined: none. */
export type Columns = Partial<Record<keyof TableHead["suggested"], string>>;

export interface Typed {
  readonly sets: readonly string[]; // chosen ones of the catalogue
  readonly title: string;
  readonly licence: string;
  readonly format: string;
  readonly lang: string;
  readonly passageLang: string;
  readonly unquote: boolean;
  readonly leaveOutOwn: boolean;
  readonly keep: string;
  readonly columns: Columns;
  readonly replaces?: string | undefined; // id of the own set that is to go
}

export interface Judged {
  readonly problems: Readonly<
    Partial<Record<"sets" | "title" | "lang" | "passageLang" | "keep" | "columns", string>>
  >;
  readonly choices: ImportChoices; // of use where there are no problems
}

/** Formats of own files whose texts' languages a person may state. */
export const NAMES_LANGUAGES: readonly string[] = ["beir", "pairs"];
const ONE_LANGUAGE = "One language: a file of several needs a column that names them.";

export function firstTyped({ known, formats, title, table }: GivenSummary): Typed {
  const columns = table && "columns" in table ? table.suggested : {};
  const format = formats[0] ?? "";
  const empty = { licence: "", lang: "", passageLang: "", unquote: false, leaveOutOwn: false, keep: "" };
  return { ...empty, sets: known, title, format, columns };
}

/** @param offered languages of the chosen sets of the catalogue; empty: not known */
export function judge(typed: Typed, { known, table }: GivenSummary, offered: readonly string[]): Judged {
  const isOwn = known.length === 0;
  const keep = readLanguageList(typed.keep);
  const asked = NAMES_LANGUAGES.includes(typed.format);
  const lang = readLanguageList(asked ? typed.lang : "");
  const passageLang = readLanguageList(asked ? typed.passageLang : "");
  const kept = "tags" in keep ? keep.tags : [];
  const langs = "tags" in lang ? lang.tags : [];
  const passageLangs = "tags" in passageLang ? passageLang.tags : [];
  const strange = offered.length > 0 ? kept.find((tag) => !offered.includes(tag)) : undefined;
  const isPairs = isOwn && typed.format === "pairs" && table !== undefined;
  const problems = {
    ...(!isOwn && typed.sets.length === 0 && { sets: "Choose at least one." }),
    ...(isOwn && typed.title.trim() === "" && { title: "Give it a name." }),
    ...("problem" in keep && { keep: keep.problem }),
    ...(strange !== undefined && {
      keep: `${languageInfo(strange).name} (${strange}) is not in it; it has ${offered.join(", ")}.`,
    }),
    ...("problem" in lang && { lang: lang.problem }),
    ...(langs.length > 1 && { lang: ONE_LANGUAGE }),
    ...("problem" in passageLang && { passageLang: passageLang.problem }),
    ...(passageLangs.length > 1 && { passageLang: ONE_LANGUAGE }),
    ...(isPairs && columnProblem(typed.columns, table)),
  };
  const languages = kept.length > 0 && { languages: kept };
  if (!isOwn) return { problems, choices: { only: typed.sets, ...languages } };
  const changed = isPairs && "columns" in table ? changedColumns(typed.columns, table.suggested) : {};
  return {
    problems,
    choices: {
      title: typed.title.trim(),
      format: typed.format,
      ...languages,
      ...(typed.licence.trim() !== "" && { licence: typed.licence.trim() }),
      ...(langs[0] !== undefined && { lang: langs[0] }),
      ...(passageLangs[0] !== undefined && { passageLang: passageLangs[0] }),
      ...(typed.format === "beir" && typed.leaveOutOwn && { leaveOutOwn: true }),
      ...(asked && typed.unquote && { unquote: true }),
      ...(Object.keys(changed).length > 0 && { columns: changed }),
    },
  };
}

function columnProblem({ query, positive }: Columns, table: NonNullable<GivenSummary["table"]>) {
  if ("problem" in table) return { columns: table.problem };
  if (!query) return { columns: "Choose the column that holds the query." };
  if (!positive) return { columns: "Choose the column that holds the passage." };
  return query === positive ? { columns: "Query and passage must be different columns." } : {};
}

/** Only what differs from the suggestion: a tool's own files may have several columns of one kind. */
function changedColumns(columns: Columns, suggested: Columns): Columns {
  const parts = new Set([...Object.keys(columns), ...Object.keys(suggested)]) as Set<keyof Columns>;
  const changed = [...parts].filter((part) => (columns[part] ?? "") !== (suggested[part] ?? ""));
  return Object.fromEntries(changed.map((part) => [part, columns[part] ?? ""]));
}
