// The evaluation before training as it is kept: once for all runs that begin with the same weights on the same test. Hostile
// until parsed here.
import * as v from "valibot";
import { AGE } from "../age.ts";
import { canonicalJson } from "../data/canonicalJson.ts";
import { RANDOM_ENCODER } from "../encoders/encoderId.ts";
import { SpecError } from "../inputError.ts";
import type { EvalResult } from "../metrics/evaluation.ts";
import { evalLanguages, evalTarget } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";
import { parseQueryValues, queryValuesJson, type QueryValues } from "../stats/queryValues.ts";
import { makerName } from "./maker.ts";
import { finalSchema, writtenFinal } from "./finalForm.ts";
import { pointSchema } from "./parseRunRecord.ts";
import type { Point } from "./point.ts";
import type { Environment } from "./runRecord.ts";
import { issueText } from "../issueText.ts";

const SCHEMA = "hybrid-batch-lab/start@1";

export interface StartEvaluation {
  readonly result: EvalResult;
  readonly values?: QueryValues | undefined; // absent for more queries than are kept
  /** Of the start with teachers that runs from it had, by the hash of each. */
  readonly agreement?: Readonly<Record<string, readonly StartPoint[]>> | undefined;
}

/** A point of the evaluation before training, whose step the run knows. */
export type StartPoint = Omit<Point, "step">;

/**
 * The text whose SHA-256 names a start evaluation: everything that its bits hang on. Weights drawn at random hang on the
 * seed; what is trained on, and how, is not in it.
 */
export function startKeyText(spec: ExperimentSpec, environment: Environment): string {
  const {
    data: _data,
    languages: _languages,
    batch: _batch,
    loss: _loss,
    optimizer: _optimizer,
    ...rest
  } = spec;
  const { steps: _steps, evalEvery: _evalEvery, seed, compute: _compute, ...settings } = rest; // of encoder and evaluation
  const { datasetId, split } = evalTarget(spec);
  return canonicalJson({
    schema: SCHEMA,
    age: AGE, // of the metrics it holds
    maker: makerName(environment),
    encoder: environment.encoderSha256,
    settings,
    data: environment.dataSha256[datasetId] ?? null,
    split,
    languages: evalLanguages(spec),
    ...(spec.encoder.id === RANDOM_ENCODER && { seed }),
  });
}

export function startJson(key: string, { result, values, agreement }: StartEvaluation): string {
  return JSON.stringify({
    schema: SCHEMA,
    key,
    result: writtenFinal(result),
    ...(values && { perQuery: queryValuesJson(values) }),
    ...(agreement && { agreement }),
  });
}

const fileSchema = v.object({
  schema: v.literal(SCHEMA),
  key: v.string(),
  result: finalSchema,
  perQuery: v.exactOptional(v.unknown()),
  agreement: v.exactOptional(v.record(v.string(), v.array(v.omit(pointSchema, ["step"])))),
});

/** @throws SpecError in one sentence if it is damaged, or another one than `key` names */
export function parseStart(text: string, key: string, where: string): StartEvaluation {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SpecError(`${where} is not JSON`);
  }
  const parsed = v.safeParse(fileSchema, value);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new SpecError(
      `${where}: ${v.getDotPath(issue) ?? "the file"} is not as in ${SCHEMA} (${issueText(issue)})`,
    );
  }
  const { result, perQuery, agreement, key: own } = parsed.output;
  if (own !== key) throw new SpecError(`${where} is of another start or test`);
  return {
    result,
    ...(perQuery !== undefined && { values: parseQueryValues(perQuery, `${where}: perQuery`) }),
    ...(agreement && { agreement }),
  };
}
