// What a verdict will be about, said while its run trains. Promises nothing of how it will be.
import { evalLanguages } from "../spec/resolve.ts";
import type { ExperimentSpec } from "../spec/spec.ts";

/** @param isBranch whether its start is a step of another run */
export function awaitedWords(spec: ExperimentSpec, isBranch: boolean): string {
  const since = isBranch ? "since the branch began" : "since before training";
  const asked =
    evalLanguages(spec).length > 1
      ? [
          `whether answers in other languages got better ${since}`,
          "whether the bias towards the question’s language fell",
        ]
      : [`whether answers got better ${since}`];
  return `It will say ${asked.join(", ")}, and how this mix stands beside others trained with the same settings.`;
}
