// The drawings of a run's page: its means and its losses over the steps, each language before and now. Draws no stroke itself.
import { counted } from "../counted.ts";
import { languageInfo } from "../languages/languageInfo.ts";
import { metricAt } from "../metrics/metricTable.ts";
import { tickCell } from "../metrics/metricText.ts";
import { changePicture } from "../picture/changePicture.ts";
import { linePicture, type PictureLine } from "../picture/linePicture.ts";
import { lineLook } from "../picture/lineLook.ts";
import { appendPoints, findColumn, languageColumns, NO_POINTS, valueAt } from "../record/pointColumns.ts";
import type { RunRecord } from "../record/runRecord.ts";
import { smooth } from "../series/decimate.ts";
import { BATCH_KINDS, kindFacts } from "../spec/batchKind.ts";
import type { DrawnFigure } from "./parts.ts";

const MAPS = ["map/mono", "map/cross", "map/multi"] as const;
const HALF_LIFE = 10; // steps
const MOST_LANGUAGES = 30; // rows of one drawing: the table has all

/** @param run without `final` while it trains */
export function runFigures({
  points,
  spec,
  parent,
  final,
}: Pick<RunRecord, "points" | "spec" | "parent"> &
  Partial<Pick<RunRecord, "final">>): readonly DrawnFigure[] {
  const columns = appendPoints(NO_POINTS, points);
  const xMax = Math.max(1, ...points.map(({ step }) => step));
  const n = `${final ? `${counted(final.queries, "query", "queries")}, seed ${spec.seed}` : `So far; seed ${spec.seed}`} only.`;
  const means = MAPS.flatMap((path, i): PictureLine[] => {
    const line = findColumn(columns, path);
    return line ? [{ label: metricAt(path).plain ?? path, line, ...lineLook(i) }] : [];
  });
  const losses = BATCH_KINDS.flatMap((kind): PictureLine[] => {
    const raw = findColumn(columns, `loss/${kind}`);
    if (!raw) return [];
    const look = { label: kindFacts(kind).label, colour: `var(--kind-${kind})` };
    return [
      { ...look, line: raw, faint: true },
      { ...look, line: smooth(raw, HALF_LIFE) },
    ];
  });
  const languages = languageColumns(columns, "map/multi")
    .map((column) => ({
      label: languageInfo(column.lang!).name,
      before: valueAt(column, parent?.step ?? 0)?.value,
      now: column.values[column.length - 1]!,
    }))
    .sort((a, b) => b.now - a.now);
  const shown = languages.slice(0, MOST_LANGUAGES);
  const more = languages.length > shown.length ? ` The best ${shown.length} of ${languages.length}.` : "";
  return [
    {
      title: "Answers found (mAP)",
      svg: linePicture({
        title: "Answers found, mAP over the steps",
        lines: means,
        xMax,
        head: "mAP",
        text: (value) => tickCell({ scale: "score" }, value),
      }),
      words: `Where answers are looked for: in the question’s language, in one other, in all. Higher is better. ${n}`,
    },
    {
      title: "Loss of the batches (nats)",
      svg: linePicture({
        title: "Loss over the steps",
        lines: losses,
        xMax,
        head: "Loss (nats)",
        text: (value) => tickCell({ scale: "other" }, value),
      }),
      words: `By kind of batch; bold is smoothed, half-life ${HALF_LIFE} steps.`,
    },
    {
      title: "Each language: answers in all languages at once (mAP)",
      svg: changePicture({
        title: "mAP by language, before training and now",
        rows: shown,
        head: "mAP",
        text: (value) => tickCell({ scale: "score" }, value),
      }),
      words: `Open: ${parent ? "at the branch" : "before training"}; full: now.${more} ${n}`,
    },
  ];
}
