// A run as a Python project in one zip: the files that `lab export --to project` writes. Fetched when it is asked for.
import type { Course } from "../../core/spec/course.ts";
import { exportProject } from "../../training/export/exportProject.ts";
import { zipFolder } from "../../training/export/zipFolder.ts";
import type { RunPorts } from "../../training/run/runPorts.ts";

const python = import.meta.glob<string>("../../core/project/**/*.py", {
  query: "?raw",
  import: "default",
  eager: true,
});
const named = Object.entries(python).map(
  ([place, text]) => [place.slice("../../core/project/".length), text] as const,
);

/** @param folder which the zip unpacks to @throws SpecError for a run that cannot be a project */
export async function packProject(
  course: Course,
  { folder, command }: { readonly folder: string; readonly command: string },
  ports: Pick<RunPorts, "openEncoder" | "loadCorpus">,
): Promise<Blob> {
  const files = await exportProject(course, {
    name: folder,
    command,
    python: new Map(named.sort(([a], [b]) => (a < b ? -1 : 1))),
    plan: false,
    ports,
    onProgress: () => undefined,
  });
  return zipFolder(folder, files);
}
