// One family decides each pair: the same verdict, p and interval wherever it is told. (Committed studies: scripts/experiments.)
import { describe, expect, it } from "vitest";
import { handResult, handStudy } from "../../../testing/handMadeStudy.ts";
import { ofKinds } from "../../spec/batchKind.ts";
import type { Study } from "../study.ts";
import { analyse } from "./analyse.ts";
import { familiesOf } from "./families.ts";

const ratio = ofKinds({ mono: 0.5, cross: 0.5 });
const moving = (name: string) => ({
  name,
  label: name,
  changes: { "batch.ratio": ratio, "batch.schedule": name },
});
/** The control is what one rule has on average; a further control is a fixed mix of another kind. */
const study: Study = {
  ...handStudy,
  cells: [...handStudy.cells, moving("exp3"), moving("ado")],
  controls: ["mono-50", "cross"],
};

/** Pairs of a family, as text. */
const pairsOf = (families: ReturnType<typeof familiesOf>) =>
  families.map(
    ({ asks, pairs }) => `${asks}: ${pairs.map(({ cell, other }) => `${cell}/${other}`).join(" ")}`,
  );

describe("the families of a study", () => {
  it("ask of a rule whose mean is the control once, in the family of means", () => {
    expect(pairsOf(familiesOf(study, [{ cell: "exp3", other: "mono-50" }, { cell: "ado" }]))).toEqual([
      "mean: exp3/mono-50",
      "further: exp3/cross ado/cross",
      "control: cross/mono-50 mono-20/mono-50 ado/mono-50",
    ]);
  });

  it("never ask of a control that is a rule whether it beats a cell that is held against it", () => {
    const ruled = { ...study, controls: ["exp3"] };
    expect(pairsOf(familiesOf(ruled, [{ cell: "exp3", other: "mono-50" }]))).toEqual([
      "control: cross/exp3 mono-20/exp3 mono-50/exp3 ado/exp3",
    ]);
  });

  it("adjust p for their own size: a rule that a family of cells would leave undecided beats its mean", () => {
    const base = [0.2, 0.21, 0.22, 0.23, 0.24, 0.25];
    // exp3 +.001 to +.002 in every seed; mono-20 ±.02 about the control: in one family its flips would drown the rule's
    const result = handResult({
      cross: base.map((value, i) => value + (i % 2 ? 0.02 : -0.02)),
      "mono-20": base.map((value, i) => value + (i % 2 ? -0.02 : 0.02)),
      "mono-50": base,
      exp3: base.map((value, i) => value + 0.001 + (i % 2) * 0.001),
    });
    const runs = result.runs.map((run) => ({
      ...run,
      realised: { mono: { cross: 0, "mono-20": 40, "mono-50": 100, exp3: 101 }[run.cell]!, cross: 100 },
    }));
    const own = { ...study, cells: study.cells.filter(({ name }) => name !== "ado") };
    const { families, rows } = analyse(own, { runs, missing: [] }).metrics[0]!;
    expect(families[0]).toMatchObject({ asks: "mean", pairs: [{ cell: "exp3", other: "mono-50" }] });
    const { against } = families[0]!.pairs[0]!;
    expect(against).toMatchObject({
      adjusted: 2 / 2 ** 6,
      among: 1,
      verdict: { kind: "better", small: true },
    });
    expect(rows.find(({ cell }) => cell === "exp3")!.against).toEqual(against); // as a row, as a pair: one finding
  });
});
