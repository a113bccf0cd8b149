// The title of the page, as tabs and the history of a browser show it: what trains, which part of the lab, its name.
import { percent } from "../../core/percent.ts";
import { isGoing, type Run } from "../../state/run/run.ts";
import { statusWord } from "../words/statusWords.ts";

const NAME = "Hybrid Batch Lab";

type Going = Pick<Run, "status" | "elsewhere" | "step" | "spec">;

/** "Training 40 % · Compare · Hybrid Batch Lab". @param part none: where everybody begins */
export function titleText(run: Going | undefined, part: string | undefined): string {
  const going =
    run &&
    isGoing(run) &&
    `${statusWord(run)} ${percent(Math.floor((100 * run.step) / run.spec.steps) / 100)}`;
  return [going, part, NAME].filter(Boolean).join(" · ");
}
