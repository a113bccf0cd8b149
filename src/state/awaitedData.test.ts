// Which runs wait for data that is being added.
import { expect, it } from "vitest";
import type { DatasetInfo } from "../core/data/datasetInfo.ts";
import { DEFAULT_SPEC } from "../core/spec/presets.ts";
import { withPath } from "../core/spec/spec.ts";
import { isAwaited } from "./awaitedData.ts";

const here = (...ids: string[]) => ids.map((id) => ({ id }) as DatasetInfo);
const train = (id: string) => withPath(DEFAULT_SPEC, "data.train", id);
const test = (id: string) => withPath(DEFAULT_SPEC, "data.eval", id);

it("awaits the set that is fetched, and any that is not here while files are read, to train on or to be tested on", () => {
  const message = "Converting";
  const fetching = { importing: { message, about: "xquad-r" }, datasets: here("cldr-emoji", "xquad-r") };
  const reading = { importing: { message }, datasets: here("cldr-emoji") };
  const idle = { importing: undefined, datasets: here("cldr-emoji") };
  const awaited = (spec: typeof DEFAULT_SPEC) =>
    [fetching, reading, idle].map((state) => isAwaited(spec)(state));
  expect(awaited(DEFAULT_SPEC)).toEqual([false, false, false]);
  expect(awaited(train("xquad-r"))).toEqual([true, true, false]);
  expect(awaited(test("xquad-r"))).toEqual([true, true, false]);
  expect(awaited(train("mine"))).toEqual([false, true, false]);
});
