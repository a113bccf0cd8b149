// A measure over the steps of training, in cells or in groups of languages: the mean over seeds with its band, single seeds faint.
import type { NumberText } from "../../words/numberText.ts";
import type { LinesPicture } from "./picture.ts";
import { seedsDescription, seedSeries, type SeedTraces } from "./seedSeries.ts";

interface CourseProps {
  readonly title: string;
  readonly groups: readonly SeedTraces[];
  readonly xMax: number; // steps
  readonly lowerIsBetter: boolean;
  readonly valueHead: string;
  readonly valueText: NumberText;
  readonly sample: string;
}

export function coursePicture({ groups, lowerIsBetter, ...props }: CourseProps): LinesPicture {
  return {
    kind: "lines",
    ...props,
    series: seedSeries(groups),
    yFrom: "data",
    description: seedsDescription(lowerIsBetter),
    empty: "Lines appear here as cells finish.",
  };
}
