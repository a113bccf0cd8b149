// One line of a shard to one row and back. BEIR's `_id` and `text`, plus `lang` and `concept`; the split is the
// shard's, so a line does not repeat it. Never reads a file.
import { MAX_GRADE, type Side, type ShardRow, type SidedRecord } from "./records.ts";

/** Where a line stands, for errors, and what it must agree with. */
export interface LineOrigin {
  readonly path: string; // of the shard
  readonly line: number; // from 1
  readonly lang: string;
  readonly side: Side;
}

const FIELDS: Readonly<Record<Side, ReadonlySet<string>>> = {
  queries: new Set(["_id", "text", "lang", "concept", "cluster"]),
  passages: new Set(["_id", "text", "lang", "concept"]),
};

/** The line of one record, without the line break. Keys stand in a fixed order, so equal records are equal bytes. */
export function formatRecord({ side, record }: SidedRecord): string {
  const { _id, text, lang } = record;
  if (side === "queries") {
    const { concept, cluster } = record; // JSON leaves out what is undefined
    return JSON.stringify({ _id, text, lang, concept, cluster });
  }
  const { concepts, grades } = record;
  const graded = concepts.map((concept, i) => {
    const grade = grades?.[i] ?? 1;
    return grade === 1 ? concept : { concept, grade };
  });
  const [first] = graded;
  const single = graded.length === 1 && typeof first === "string";
  return JSON.stringify({ _id, text, lang, concept: single ? first : graded });
}

/**
 * @param line one JSON object. A query's `concept` is a string; a passage's is a string or a list, where an entry of
 * another grade than 1 is `{"concept": "...", "grade": 2}`.
 * @throws Error naming file and line, what is wrong and what would be right
 */
export function parseRecord(line: string, origin: LineOrigin): ShardRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refuse(origin, `is not JSON: ${excerpt(line)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse(origin, `must be a JSON object, got ${excerpt(line)}`);
  }
  const fields = value as Record<string, unknown>; // a non-null, non-array JSON object
  const { _id, text, lang, concept, cluster } = fields;
  if (typeof _id !== "string" || _id === "") throw refuse(origin, `_id must be a non-empty string`);
  if (typeof text !== "string" || text.trim() === "") throw refuse(origin, `text must be a non-empty string`);
  if (lang !== origin.lang) {
    throw refuse(
      origin,
      `lang must be "${origin.lang}" as in the manifest, got ${excerpt(JSON.stringify(lang))}`,
    );
  }
  for (const name in fields) {
    if (!FIELDS[origin.side].has(name)) throw refuse(origin, `has the unknown field ${excerpt(name)}`);
  }
  const row = { id: _id, text, ...parseConcepts(concept, origin) };
  if (cluster === undefined) return row;
  if (typeof cluster !== "string" || cluster === "")
    throw refuse(origin, "cluster must be a non-empty string");
  return { ...row, cluster };
}

function parseConcepts(concept: unknown, origin: LineOrigin): Pick<ShardRow, "concepts" | "grades"> {
  if (typeof concept === "string" && concept !== "") return { concepts: [concept] };
  if (origin.side === "queries") throw refuse(origin, "concept must be a non-empty string");
  if (!Array.isArray(concept)) throw refuse(origin, "concept must be a non-empty string or a list of them");
  const concepts: string[] = [];
  const grades: number[] = [];
  for (const entry of concept as unknown[]) {
    const isGraded = typeof entry === "object" && entry !== null && "concept" in entry && "grade" in entry;
    const [name, grade] = isGraded ? [entry.concept, entry.grade] : [entry, 1];
    if (typeof name !== "string" || name === "") {
      throw refuse(origin, "concept must be a non-empty string or a list of them");
    }
    if (typeof grade !== "number" || !Number.isInteger(grade) || grade < 1 || grade > MAX_GRADE) {
      throw refuse(origin, `grade must be a whole number from 1 to ${MAX_GRADE}`);
    }
    concepts.push(name);
    grades.push(grade);
  }
  if (new Set(concepts).size < concepts.length) throw refuse(origin, "concept lists the same concept twice");
  return grades.some((grade) => grade !== 1) ? { concepts, grades } : { concepts };
}

function refuse({ path, line }: LineOrigin, problem: string): Error {
  return new Error(`${path} line ${line}: ${problem}`);
}

function excerpt(text: string | undefined): string {
  if (text === undefined) return "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
