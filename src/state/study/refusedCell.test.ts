// What is asked of every cell of a study before it starts, with a data worker that answers as it is told.
import { expect, it } from "vitest";
import { createFakeLab } from "../../testing/fakeLab.ts";
import { SMALL_STUDY } from "../../testing/smallStudy.ts";
import { SOURCED } from "../../testing/sourcedStudy.ts";
import { DataError } from "../../core/inputError.ts";
import { parseStudy } from "../../core/study/parseStudy.ts";
import type { ExperimentSpec } from "../../core/spec/spec.ts";
import { refusedCell } from "./refusedCell.ts";

const planOf = (params: unknown) => (params as { readonly spec: ExperimentSpec }).spec;
const study = (changes: object = {}) => parseStudy({ ...SMALL_STUDY, ...changes }, "small");

it("asks of each cell that trains something of its own, whole sets too", async () => {
  const { client, asked } = createFakeLab({ checkPlan: () => ({ notices: [] }) });
  expect(await refusedCell(parseStudy(SOURCED, "sourced"), client.data)).toBeUndefined();
  const plans = asked.filter(({ name }) => name === "checkPlan");
  expect(plans).toHaveLength(SOURCED.cells.filter((cell) => !("controlOf" in cell)).length);
  expect(plans.every(({ params }) => (params as { starting?: boolean }).starting)).toBe(true);
});

it("names the cell whose batches cannot be filled, in the form's words", async () => {
  const checkPlan = (params: unknown) => {
    const isMono = planOf(params).batch.ratio.mono === 1;
    return { notices: [], refusal: isMono ? "batch.size: mono batches need 16 concepts" : undefined };
  };
  const { client } = createFakeLab({ checkPlan });
  expect(await refusedCell(study(), client.data)).toBe("mono: Batch size: mono batches need 16 concepts");
});

it("says which dataset or encoder is not here, and asks of each encoder once", async () => {
  const lacking = createFakeLab({
    checkPlan: () => {
      throw new DataError('data: "afar" is not in this browser');
    },
  });
  expect(await refusedCell(study(), lacking.client.data)).toMatch(/^cross: .*"afar" is not in this browser/);
  const { client, asked } = createFakeLab({
    checkPlan: () => ({ notices: [] }),
    inspectEncoder: () => {
      throw new DataError("local:mine is not in this browser");
    },
  });
  const own = study({ spec: { ...SMALL_STUDY.spec, encoder: { id: "local:mine" } } });
  expect(await refusedCell(own, client.data)).toBe("cross: local:mine is not in this browser");
  expect(asked.filter(({ name }) => name === "inspectEncoder")).toHaveLength(1);
});
