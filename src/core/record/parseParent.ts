// The parents of a branch, from a record or a snapshot: hostile until every part has been checked.
import * as v from "valibot";
import { SpecError } from "../inputError.ts";
import { MAX_PARENTS, type Parent } from "../spec/lineage.ts";
import { parseWrittenSpec } from "../spec/parseSpec.ts";
import { trajectorySchema } from "./decisionSchema.ts";
import { issueText } from "../issueText.ts";

const schemaWith = (digest: v.GenericSchema<string>) =>
  v.object({
    spec: v.unknown(),
    step: v.pipe(v.number(), v.integer(), v.minValue(0)),
    digest,
    trajectory: v.exactOptional(trajectorySchema),
    parent: v.exactOptional(v.unknown()),
  });

const SCHEMAS = {
  /** Of what has been trained. */
  whole: schemaWith(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hex digits"))),
  /** Of what is asked for: as links have it, or none. */
  part: schemaWith(v.pipe(v.string(), v.regex(/^([0-9a-f]{16}){0,4}$/, "must be lower-case hex digits"))),
};

/** @throws SpecError with one sentence: where, which field, what would be right */
export function parseParent(
  value: unknown,
  where: string,
  digest: keyof typeof SCHEMAS = "whole",
  left = MAX_PARENTS,
): Parent {
  if (left === 0) throw new SpecError(`${where}: a run comes from at most ${MAX_PARENTS} others`);
  const result = v.safeParse(SCHEMAS[digest], value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new SpecError(
      `${where}: ${v.getDotPath(issue) ?? "it"} is not as in a branch (${issueText(issue)})`,
    );
  }
  const { spec, parent, ...own } = result.output;
  return {
    ...own,
    spec: parseWrittenSpec(spec, `${where}: spec`),
    ...(parent !== undefined && { parent: parseParent(parent, `${where}: parent`, digest, left - 1) }),
  };
}
