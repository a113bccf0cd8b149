// Collects what a run produced and closes it into a run record with its digest.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Corpus } from "../../core/data/corpus.ts";
import type { EvalResult } from "../../core/metrics/evaluation.ts";
import { BATCH_KINDS, type BatchKind } from "../../core/spec/batchKind.ts";
import type { Batch } from "../../core/plan/batch.ts";
import { digestText } from "../../core/record/digestText.ts";
import type { Point } from "../../core/record/point.ts";
import { RUN_SCHEMA, type Environment, type RunRecord } from "../../core/record/runRecord.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";

export interface RecordBuilder {
  add(points: readonly Point[]): void;
  /** Counts a trained batch: its kind (mixed rows in parts) and the language of each of its texts. */
  count(batch: Batch): void;
  /** Share of each kind the spec uses among the batches counted since the last call, as ratio/<kind> points. */
  ratioPoints(step: number): Point[];
  close(final: EvalResult, environment: Environment): RunRecord;
}

export function createRecordBuilder(spec: ExperimentSpec, corpus: Corpus | undefined): RecordBuilder {
  const points: Point[] = [];
  const realised = new Map<string, number>();
  let recent = new Map<string, number>();
  const { ratio, ratioEnd, schedule } = spec.batch;
  const used = (kind: BatchKind) => ratio[kind] > 0 || (schedule !== "constant" && ratioEnd[kind] > 0);
  const bump = (counts: Map<string, number>, key: string, by: number) =>
    counts.set(key, (counts.get(key) ?? 0) + by);
  return {
    add: (more) => void points.push(...more),
    count(batch) {
      for (const row of batch.rows) {
        bump(recent, row.kind, 1 / batch.rows.length);
        bump(realised, row.kind, 1 / batch.rows.length);
        if (!corpus) continue;
        bump(realised, corpus.languages[corpus.queries.langs[row.query]!]!, 1);
        for (const p of row.passages) bump(realised, corpus.languages[corpus.passages.langs[p]!]!, 1);
      }
    },
    ratioPoints(step) {
      const total = [...recent.values()].reduce((a, b) => a + b, 0);
      const shares = BATCH_KINDS.filter((kind) => used(kind)).map((kind) => ({
        step,
        metric: `ratio/${kind}`,
        value: total === 0 ? 0 : round((recent.get(kind) ?? 0) / total),
      }));
      recent = new Map();
      return shares;
    },
    close(final, environment) {
      const counts = Object.fromEntries([...realised].map(([key, n]) => [key, round(n)]));
      const open = {
        schema: RUN_SCHEMA,
        spec,
        environment,
        points: [...points],
        realised: counts,
        final,
      } as const;
      return { ...open, digest: digestOf(open) };
    },
  };
}

/** Parts of a batch add up to 0.1 + 0.2 style sums; nine digits are kept. */
const round = (x: number) => Math.round(x * 1e9) / 1e9;

/** sha256 over `digestText`, as 64 hex digits. */
export function digestOf(record: Omit<RunRecord, "digest">): string {
  return bytesToHex(sha256(utf8ToBytes(digestText(record))));
}
