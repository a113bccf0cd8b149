// Asks the trainer for a run as a Python project. Keeps nothing.
import { fileName } from "../core/series/csv.ts";
import { encodeLink } from "../core/spec/link.ts";
import { linkHolds } from "../core/spec/linkDrive.ts";
import { DEFAULT_PRESET } from "../core/spec/presets.ts";
import { courseOfRun, detailOf, type Run } from "./run/run.ts";
import { workersStore } from "./workersStore.ts";

/** @throws Error with one sentence for a run that cannot be one: a branch, a taught run, a rule that has not decided yet */
export async function fetchProject(run: Run): Promise<{ readonly name: string; readonly zip: Blob }> {
  const name = fileName(`${run.name} project`, "zip");
  const folder = name.replace(/\.zip$/, "");
  const { spec, ...course } = courseOfRun(run);
  const link = `'#${encodeLink(spec, DEFAULT_PRESET, course)}'`;
  const { record } = detailOf(run);
  const trajectory = record ? (record.trajectory ?? []) : course.trajectory;
  const source = linkHolds(spec, trajectory) ? link : "run.json";
  const command = `npm run lab -- export ${source} --to project --out ${folder}`;
  const asked = { ...course, spec, ...(trajectory && { trajectory }), folder, command };
  const zip = await workersStore.getState().client().trainer.request("exportProject", asked);
  return { name, zip };
}
