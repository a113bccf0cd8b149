// docs/experiments.md as text: the card and tables of every committed study, and what was not run, with its cost. Every number
// of a finding comes from a committed file.
import { format, resolveConfig } from "prettier";
import { counted } from "../../src/core/counted.ts";
import { sizeCost } from "../../src/core/study/sizeCost.ts";
import { builtInStudy, STUDIES } from "../../src/core/study/studies.ts";
import { studyRuns } from "../../src/core/study/studyRuns.ts";
import { STUDY_SIZES } from "../../src/core/study/studySizes.ts";
import { studyMarkdown } from "../../src/core/study/words/studyReport.ts";
import type { CommittedStudy } from "./committedStudies.ts";

const NONE = "No study has been run and committed yet.";

/** @returns as prettier leaves it */
export async function experimentsText(studies: readonly CommittedStudy[]): Promise<string> {
  const found = studies.map((one) => `${studyMarkdown(one.study, one.analysis, 2)}\n${provenance(one)}\n`);
  const notRun = notRunRows(studies.map(({ name }) => name));
  const text = [
    "# What was found so far\n",
    "Written by `npm run experiments` from the files in `public/studies`, which the page opens too. Do not edit: a test holds this file to them.\n",
    ...(found.length > 0 ? found : [`${NONE}\n`]),
    ...(notRun.length > 0 ? [NOT_RUN, ...notRun, ""] : []),
  ].join("\n");
  const config = (await resolveConfig(new URL("../../docs/experiments.md", import.meta.url))) ?? {};
  return format(text, { ...config, parser: "markdown" });
}

/** Where the numbers come from. */
function provenance({ name, study, result, analysis, bytes }: CommittedStudy): string {
  const { runs } = result;
  const labs = [...new Set(runs.flatMap(({ made }) => made?.lab ?? []))];
  const by = labs.length > 0 ? `, lab ${labs.join(" and ")}` : "";
  const devices = analysis.devices.map(({ device }) => `\`${device}\``).join(", ");
  const encoders = [...new Set(studyRuns(study).map(({ spec }) => spec.encoder.id))];
  return `${counted(runs.length, "run")} of ${encoders.join(" and ")} on ${devices}${by}; [${name}.json](../public/studies/${name}.json), ${Math.ceil(bytes / 1000)} kB.`;
}

const NOT_RUN = `## Not run here

| study | size | runs | hours | how that is known |
| --- | --- | --: | --: | --- |`;

/** Built-in studies at sizes of which there is no file. */
function notRunRows(names: readonly string[]): string[] {
  return STUDIES.flatMap((study) =>
    STUDY_SIZES.flatMap((size) => {
      const wanted = `${study.name}-${size}`;
      if (names.some((name) => name === wanted || name.startsWith(`${wanted}-`))) return [];
      const { cells, seeds, spec } = builtInStudy(study.name, size);
      const runs = cells.length * seeds.length;
      const { hours, basis } = sizeCost(runs, spec, study.sizes[size]);
      return [
        `| ${study.title} (\`${study.name}\`) | ${size} | ${runs} | ${hours?.toFixed(hours < 1 ? 2 : 0) ?? "–"} | ${basis} |`,
      ];
    }),
  );
}
