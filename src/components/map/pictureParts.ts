// What each picture of the vectors gives to the one figure that shows it.
import type { ReactNode } from "react";

export interface PictureParts {
  readonly kind: "histograms" | "map";
  readonly title: string;
  readonly description: string;
  readonly sample: string | undefined; // of what is drawn
  readonly table: ReactNode; // its numbers; nothing while there is nothing to save
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}
