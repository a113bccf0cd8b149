// An evaluation as an exported project asks it: columns of numbers as lists. Ranks nothing.
import { queryClusters } from "../../core/stats/queryClusters.ts";
import type { EvalTask } from "../evaluate/evalTask.ts";

export function evaluationFacts({
  set,
  queryRows,
  passageRows,
}: Pick<EvalTask, "set" | "queryRows" | "passageRows">): object {
  const list = (numbers: ArrayLike<number> | undefined) => (numbers ? Array.from(numbers) : null);
  return {
    languages: set.languages,
    queryRows: list(queryRows),
    passageRows: list(passageRows),
    queryLangs: list(set.queryLangs),
    passageLangs: list(set.passageLangs),
    relevantOffsets: list(set.relevantOffsets),
    relevant: list(set.relevant),
    grades: list(set.grades),
    leftOut: list(set.leftOut),
    tieOrder: list(set.tieOrder),
    clusters: list(queryClusters(set)),
  };
}
