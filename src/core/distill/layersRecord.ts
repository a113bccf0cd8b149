// training.json, which scripts/teacher/layers.py leaves beside the weights, checked. Reads no file.
import * as v from "valibot";
import { DataError } from "../inputError.ts";
import { issueText } from "../issueText.ts";

const lines = v.array(v.string());
const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ recipe: v.unknown(), madeBy: lines, log: lines }),
);

export type LayersRecord = v.InferOutput<typeof schema>;

/** @throws DataError naming `where` */
export function parseLayersRecord(text: string, where: string): LayersRecord {
  const parsed = v.safeParse(schema, text);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new DataError(
    `${where}: ${v.getDotPath(issue) ?? "the file"} ${issueText(issue)}; scripts/teacher/layers.py writes it`,
  );
}
