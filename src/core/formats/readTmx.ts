// TMX (Translation Memory eXchange 1.4) to its units: one text per language, and an id where there is one. Inline markup keeps its text.
import { SaxesParser } from "saxes";
import { DataError } from "../inputError.ts";
import { textPieces } from "./readText.ts";
import type { SourceFile } from "./sourceFile.ts";

export interface TmxUnit {
  readonly id?: string; // tuid
  readonly texts: ReadonlyMap<string, string>; // by xml:lang as written in the file
  readonly where: string; // "file line n"
}

/** @throws DataError naming file, line and what is wrong: not well-formed, a language twice */
export async function readTmx(file: SourceFile): Promise<readonly TmxUnit[]> {
  const units: TmxUnit[] = [];
  const parser = new SaxesParser();
  const refuse = (problem: string): never => {
    throw new DataError(`${file.name} line ${parser.line}: ${problem}`);
  };
  let unit: { id?: string; texts: Map<string, string>; where: string } | undefined;
  let lang = "";
  let segment: string | undefined; // text so far of the open <seg>
  parser.on("error", (error) => refuse(`is not well-formed XML (${error.message})`));
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "tu") {
      const id = attributes["tuid"];
      unit = { ...(id && { id }), texts: new Map(), where: `${file.name} line ${parser.line}` };
    } else if (name === "tuv") {
      lang = attributes["xml:lang"] ?? attributes["lang"] ?? refuse("<tuv> has no xml:lang");
    } else if (name === "seg") {
      if (!unit) return refuse("<seg> stands outside a <tu>");
      if (unit.texts.has(lang)) return refuse(`unit ${unit.id ?? "here"} has two texts in "${lang}"`);
      segment = "";
    }
  });
  parser.on("text", (text) => {
    if (segment !== undefined) segment += text;
  });
  parser.on("cdata", (text) => {
    if (segment !== undefined) segment += text;
  });
  parser.on("closetag", ({ name }) => {
    if (name === "seg" && unit) {
      unit.texts.set(lang, (segment ?? "").trim());
      segment = undefined;
    } else if (name === "tu" && unit) {
      units.push(unit);
      unit = undefined;
    }
  });
  for await (const text of textPieces(file)) parser.write(text);
  parser.close();
  return units;
}
