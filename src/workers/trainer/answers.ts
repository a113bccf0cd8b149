// What the page asks of a run's weights and its last batch: searching, cosines, the map, scores, rankings, the model as a file.
// Trains nothing.
import { onDevice } from "../../training/engine/deviceFailure.ts";
import { exportRun } from "../../training/export/exportRun.ts";
import { zipFolder } from "../../training/export/zipFolder.ts";
import { measureBaselines } from "../../training/run/baselines.ts";
import { finalTest } from "../../training/run/finalTest.ts";
import type { StartEncoder } from "../../training/pretrained/startEncoder.ts";
import { batchScores } from "../../training/pool/batchScores.ts";
import { cosineGroups } from "../../training/pool/cosineGroups.ts";
import { searchPool, type PoolHit } from "../../training/pool/searchPool.ts";
import { trecTag } from "../../core/trec/irMetadata.ts";
import { openTrec } from "../../training/pool/trecRun.ts";
import type { TrainerRequests } from "../protocol.ts";
import type { Handlers } from "../rpc.ts";
import type { RunDesk } from "./runDesk.ts";
import { showHits, showMap, showScores } from "./shownAnswers.ts";

interface AnswerDeps {
  openEncoder(id: string): Promise<StartEncoder>;
  breathe(): Promise<void>;
}

export function createAnswers(
  desk: RunDesk,
  deps: AnswerDeps,
): Pick<
  Handlers<TrainerRequests>,
  "search" | "map" | "cosines" | "batchScores" | "rankings" | "finalTest" | "baselines" | "exportModel"
> {
  /** @param use what the weights are wanted for: "search with" */
  const trained = (use: string) => {
    const run = desk.latest();
    if (!run?.resources) throw new Error(`there are no weights to ${use} yet; start a run first`);
    return { runId: run.runId, step: run.step, resources: run.resources };
  };
  /** @param unready what is final only at the end: "its rankings are final" */
  const ended = (runId: string, unready: string) => {
    const { resources, record } = desk.held(runId);
    if (!resources || !record) throw new Error(`the run has not ended; ${unready} only then`);
    return { resources, record };
  };
  return {
    async search({ text, languages, k }) {
      const { runId, step, resources } = trained("search with");
      const answer = await onDevice(() => searchPool(resources, { text, languages, k }));
      const shown = (hits: readonly PoolHit[]) => showHits(hits, resources.prepared.test);
      return { ...answer, runId, step, before: await shown(answer.before), now: await shown(answer.now) };
    },

    async map({ concepts }) {
      const { runId, step, resources } = trained("map");
      return { runId, step, ...(await onDevice(() => showMap(resources, concepts))) };
    },

    async cosines(choice) {
      const { runId, step, resources } = trained("measure cosines with");
      return { runId, step, choice, ...(await onDevice(() => cosineGroups(resources, choice))) };
    },

    async batchScores({ runId }) {
      const { resources } = desk.held(runId);
      if (!resources?.prepared.train) throw new Error("the run has trained no batch yet");
      const scored = await onDevice(() => batchScores(resources));
      return { runId, ...(await showScores(scored, resources.prepared.train)) };
    },

    async rankings({ runId, kind, language, depth }) {
      const { resources, record } = ended(runId, "its rankings are final");
      const pool = { kind, language };
      return onDevice(async () => {
        const parts: string[] = [];
        const files = await openTrec(resources);
        for await (const { text } of files.runs([pool], depth, trecTag(record))) {
          parts.push(text);
          await deps.breathe();
        }
        return { run: new Blob(parts), qrels: new Blob([files.qrels(pool)]) };
      });
    },

    async finalTest({ runId }) {
      const { resources, record } = ended(runId, "its weights are final");
      const made = await onDevice(() => finalTest(resources, record));
      desk.held(runId).record = { ...record, finalTest: made };
      return made;
    },

    async baselines({ runId }) {
      const { resources, record } = ended(runId, "its weights are final");
      const made = await onDevice(() => measureBaselines(resources, record));
      desk.held(runId).record = { ...record, baselines: made };
      return made;
    },

    async exportModel({ runId, folder: folderName, ...facts }) {
      const { resources, record } = ended(runId, "its model is complete");
      const encoder = await deps.openEncoder(record.spec.encoder.id);
      const exported = await onDevice(() => exportRun(resources, record.spec, encoder, { ...facts, record }));
      const { folder, pieces, fullPieces } = exported;
      return { zip: await zipFolder(folderName, folder), pieces, fullPieces };
    },
  };
}
