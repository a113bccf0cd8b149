// One line for each group of languages, its mean over them; single languages only where they are asked for. Pure.
import type { LanguageGroup } from "../../core/languages/languageChoice.ts";
import { languageInfo } from "../../core/languages/languageInfo.ts";
import { findColumn } from "../../core/record/pointColumns.ts";
import { groupLines } from "../../core/series/groupLines.ts";
import { detailOf, type Run } from "../../state/run/run.ts";
import type { ChartSeries } from "../charts/chartSeries.ts";
import { lineLook } from "../../core/picture/lineLook.ts";
import { isHeldOut, languageLabel } from "../words/languageWords.ts";

/** @param open titles of groups whose languages are drawn too, thin in the group's colour, and single languages */
export function groupSeries(
  run: Run,
  metric: string,
  groups: readonly LanguageGroup[],
  open: ReadonlySet<string | undefined>,
): ChartSeries[] {
  return groups.flatMap(({ title, languages }, i): ChartSeries[] => {
    const columns = languages.flatMap((lang) => findColumn(detailOf(run).points, metric, lang) ?? []);
    if (columns.length === 0) return [];
    const look = lineLook(i);
    const single = columns.filter(({ lang }) => open.has(title) || open.has(lang));
    return [
      {
        id: `group ${title}`,
        label: `${title} (${columns.length})`,
        end: title,
        ...look,
        line: groupLines(columns).mean,
      },
      ...single.map((line) => ({
        id: line.lang!,
        label: languageLabel(line.lang!),
        end: languageInfo(line.lang!).name,
        ...look,
        line,
        thin: true,
        ...(isHeldOut(run, line.lang!) && { hollow: true }),
      })),
    ];
  });
}
