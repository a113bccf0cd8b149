// A study and what is kept of its runs -> all that its card says. Pure; each part has its own file.
import type { MetricPath } from "../../metrics/metricTable.ts";
import { RANDOM_ENCODER } from "../../encoders/encoderId.ts";
import { evalLanguages, partName } from "../../spec/resolve.ts";
import { controlOf, type Study } from "../study.ts";
import { NOT_RUN, type StudyResult } from "../studyResult.ts";
import { looksHad } from "../stats/looks.ts";
import { equalUnder, spentOf } from "./budgets.ts";
import { looksOf } from "./cellVerdicts.ts";
import { comparedRuns } from "./comparedRuns.ts";
import { groupsOf } from "./languageGroups.ts";
import { metricAnalysis } from "./metricAnalysis.ts";
import { familiesOf } from "./families.ts";
import { ruleMeans } from "./ruleMeans.ts";
import { paretoFronts } from "./paretoFronts.ts";
import { responseAxis } from "./responseAxis.ts";
import type { StudyAnalysis } from "./studyAnalysis.ts";

/** Beside the primary measure always: quality in three pools, and two measures of bias. */
export const CARD_METRICS: readonly MetricPath[] = [
  "map/mono",
  "map/cross",
  "map/multi",
  "rankDistance",
  "sameLanguageShare",
];

/** @param result runs of this study; of any number of devices, of which none are mixed within a seed */
export function analyse(study: Study, result: StudyResult): StudyAnalysis {
  const { runs, devices, apart } = comparedRuns(result.runs);
  const languages = evalLanguages(study.spec);
  const groups = groupsOf(study, languages);
  const cells = study.cells.map(({ name }) => name);
  const control = controlOf(study);
  const spent = spentOf(runs, cells);
  const complete = study.seeds.filter((seed) => spent.every((one) => one.seeds.includes(seed)));
  const isOver = !result.missing.some(({ why }) => why === NOT_RUN);
  const looks = looksOf(study, isOver ? complete.length : undefined);
  const axis = responseAxis(study);
  const rules = ruleMeans(study, runs);
  const families = familiesOf(study, rules);
  const metrics = [...new Set([study.primary, ...CARD_METRICS])].map((metric) =>
    metricAnalysis(metric, { study, runs, cells, families, groups, axis, isOver }),
  );
  return {
    metrics,
    spent,
    equal: equalUnder(spent, control),
    ...(axis && { response: axis }),
    part: partName(study.spec),
    languages,
    devices,
    apart,
    missing: result.missing,
    complete: spent.length === 0 ? [] : complete,
    looks: {
      all: looks,
      added: study.addedLooks ?? 0,
      had: spent.length === 0 ? 0 : looksHad(looks, complete.length).length,
    },
    pareto: paretoFronts(metrics),
    rules,
    seedVaries: study.spec.encoder.id === RANDOM_ENCODER ? "weights and order" : "order",
  };
}
