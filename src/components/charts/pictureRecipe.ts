// What a saved picture says about its origin: the runs behind it, each with the link that trains it again.
import { LAB_VERSION } from "../../core/labVersion.ts";
import { namedRun } from "../../core/record/misfits.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import { runLink } from "../../state/run/runLink.ts";

export function pictureRecipe(title: string, runs: readonly Run[], page: string) {
  return {
    software: `Hybrid Batch Lab ${LAB_VERSION}`,
    title,
    runs: runs.map((run) => ({
      name: namedRun(run),
      seed: run.spec.seed,
      step: run.step,
      link: runLink(run, page),
      ...digestOf(run),
    })),
  };
}

function digestOf(run: Run): { readonly digest?: string } {
  const { record } = detailOf(run);
  return record ? { digest: record.digest } : {};
}
