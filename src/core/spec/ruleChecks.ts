// Whether a rule has what it goes by, and something to move. Checks nothing of single fields.
import { SpecError } from "../inputError.ts";
import { fieldAt } from "./fields.ts";
import { mixRule, usedKinds, weightRule, type RuleFacts } from "./ruleFacts.ts";
import type { ExperimentSpec, SpecPath } from "./spec.ts";

/** @throws SpecError naming the field that a rule lacks, and what would be right */
export function checkRules(spec: ExperimentSpec): void {
  checkRule(spec, "batch.schedule", spec.batch.schedule, mixRule(spec));
  checkRule(spec, "loss.weighting", spec.loss.weighting, weightRule(spec));
  if (spec.loss.weighting === "gradNorm" && spec.batch.unit === "row") {
    throw new SpecError(
      "loss.weighting: gradNorm tells the kinds’ gradients apart by whole batches; set batch.unit to batch or choose another rule",
    );
  }
}

function checkRule(spec: ExperimentSpec, path: SpecPath, rule: string, { observes, needs }: RuleFacts): void {
  const kinds = usedKinds(spec);
  const refuse = (why: string): never => {
    throw new SpecError(`${path}: ${rule} ${why}`);
  };
  if (
    (needs === "batch.curve" && spec.batch.curve.length === 0) ||
    (needs === "loss.curve" && spec.loss.curve.length === 0)
  ) {
    refuse(`follows a curve, and ${needs} has no point; give it some, such as 0,1:1,0:0,1`);
  }
  const lacking = kinds.filter((kind) => !(spec.rule.reference[kind] > 0));
  if (needs === "rule.reference" && lacking.length > 0) {
    const what =
      observes === "dev" ? "dev mAP of a run of each kind alone" : "loss of a reference run by kind";
    refuse(
      `needs the ${what}, and rule.reference has none for ${lacking.join(", ")}; name the numbers or choose a run`,
    );
  }
  if (
    needs === "rule.reference" &&
    observes === "dev" &&
    kinds.some((kind) => spec.rule.reference[kind] > 1)
  ) {
    refuse("holds training against dev mAP, so rule.reference must be from 0 to 1 for each kind");
  }
  if (
    needs === "rule.transfer" &&
    kinds.every((from) => kinds.every((to) => spec.rule.transfer[from][to] === 0))
  ) {
    refuse(
      `needs rule.transfer, what helps what among ${kinds.join(", ")}, such as mono-mono:1,mono-cross:0.3`,
    );
  }
  if (observes === "nothing" && rule !== "random") return;
  if (kinds.length < 2) {
    refuse(
      `moves shares or weights between kinds, and batch.ratio has only ${kinds.join()}; give a second kind a share`,
    );
  }
  const room = Math.floor(100 / kinds.length) / 100;
  if (path === "batch.schedule" && spec.rule.floor > room + 1e-9) {
    refuse(
      `cannot leave each of ${kinds.length} kinds ${spec.rule.floor}; set rule.floor to at most ${room}`,
    );
  }
  const atEvaluations = observes === "dev" || (observes !== "nothing" && spec.rule.every === 0);
  if (atEvaluations && spec.evalEvery === 0) {
    refuse(
      observes === "dev"
        ? "decides at evaluations, and evalEvery is 0; evaluate every 30 steps, say"
        : "would decide at evaluations (rule.every is 0), and evalEvery is 0; set one of them",
    );
  }
  if (rule === "random" && spec.rule.every === 0) {
    refuse(
      `draws every so many steps, and ${fieldAt("rule.every").label.toLowerCase()} (rule.every) is 0; set it to 1 or more`,
    );
  }
}
