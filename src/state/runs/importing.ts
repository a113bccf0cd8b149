// Records that a person opens as runs of this browser, each once. Parses nothing: runFile.ts does.
import { messageOf } from "../../core/messageOf.ts";
import { visibleText } from "../../core/visibleText.ts";
import { equalSpecs } from "../../core/spec/specChecks.ts";
import { freeColour } from "./naming.ts";
import { detailOf, type Run } from "../run/run.ts";
import { readRunFile } from "../run/runFile.ts";
import type { Importing, RunsContext } from "./runsState.ts";

export function createImporting({ store, deps, keeper, add }: RunsContext): Importing {
  const { getState: get, setState: set } = store;

  /**
   * The run here whose record is the same; only runs of the same spec have to be read for that. Of a record that does not
   * fit itself the digest says little: what is wrong must be the same, too.
   */
  const twinOf = async (run: Run): Promise<Run | undefined> => {
    const digest = detailOf(run).record?.digest;
    const wrong = (one: Run) => one.misfits?.join() ?? "";
    for (const other of get().runs.filter(({ spec }) => equalSpecs(spec, run.spec))) {
      const stored = other.detail.state === "stored";
      const detail = stored ? await keeper.detail(other.id).catch(() => undefined) : detailOf(other);
      if (detail?.record?.digest === digest && wrong(other) === wrong(run)) return other;
    }
    return undefined;
  };

  return {
    async importRuns(files) {
      set({ notice: undefined }); // of what was opened before
      const said: string[] = [];
      for (const file of files) {
        try {
          const colour = freeColour(get().runs);
          const run = await readRunFile(file, { id: deps.newId(), createdAt: deps.nowMs(), colour });
          const twin = await twinOf(run);
          if (twin) {
            said.push(`${visibleText(file.name)} is already here as “${twin.name}”.`);
          } else {
            add(run);
            void keeper.saveNow(run.id);
          }
          get().select(twin?.id ?? run.id);
        } catch (error) {
          said.push(messageOf(error));
        }
      }
      if (said.length > 0) set({ notice: said.join("\n") });
    },
  };
}
