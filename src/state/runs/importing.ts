// Records that a person opens as runs of this browser, each once. Parses nothing: runFile.ts does.
import type { WholeFile } from "../../core/formats/wholeFile.ts";
import { messageOf } from "../../core/messageOf.ts";
import { visibleText } from "../../core/visibleText.ts";
import { branchDigest } from "../../core/record/branchDigest.ts";
import type { RunRecord } from "../../core/record/runRecord.ts";
import { equalSpecs } from "../../core/spec/specChecks.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { freeColour } from "./naming.ts";
import { detailOf, type Run } from "../run/run.ts";
import { openRunFile, type FoundInFile } from "../run/runFile.ts";
import type { Importing, RunsContext } from "./runsState.ts";

export function createImporting({ store, deps, keeper, add }: RunsContext): Importing {
  const { getState: get, setState: set } = store;

  /** The run here that fits with its record; only runs of that spec have to be read for it. */
  const runWith = async (
    spec: ExperimentSpec,
    fits: (record: RunRecord, run: Run) => boolean,
  ): Promise<Run | undefined> => {
    for (const run of get().runs.filter((one) => equalSpecs(one.spec, spec))) {
      const stored = run.detail.state === "stored";
      const detail = stored ? await keeper.detail(run.id).catch(() => undefined) : detailOf(run);
      if (detail?.record && fits(detail.record, run)) return run;
    }
    return undefined;
  };
  /** The one whose record is the same. Of one that does not fit itself the digest says little: what is wrong must be, too. */
  const twinOf = (run: Run): Promise<Run | undefined> => {
    const digest = detailOf(run).record?.digest;
    const wrong = (one: Run) => one.misfits?.join() ?? "";
    return runWith(run.spec, (record, other) => record.digest === digest && wrong(other) === wrong(run));
  };
  /** The run that it branched off, if it is here. */
  const parentOf = async ({ parent }: Run): Promise<Run | undefined> =>
    parent && runWith(parent.spec, ({ points }) => branchDigest(points, parent.step) === parent.digest);

  return {
    async importRuns(files) {
      set({ notice: undefined }); // of what was opened before
      const said: string[] = [];
      const take = async (found: FoundInFile, file: WholeFile) => {
        const colour = freeColour(get().runs);
        const run = found.read({ id: deps.newId(), createdAt: deps.nowMs(), colour });
        const twin = await twinOf(run);
        if (twin) {
          said.push(`${visibleText(file.name)} is already here as “${twin.name}”.`);
        } else {
          const parent = await parentOf(run);
          add({ ...run, ...(parent && { parentId: parent.id }) });
          void keeper.saveNow(run.id);
        }
        get().select(twin?.id ?? run.id);
      };
      for (const file of files) {
        try {
          for (const found of await openRunFile(file)) {
            await take(found, file).catch((error: unknown) => said.push(messageOf(error)));
          }
        } catch (error) {
          said.push(messageOf(error));
        }
      }
      if (said.length > 0) set({ notice: said.join("\n") });
    },
  };
}
