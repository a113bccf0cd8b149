import { describe, expect, it } from "vitest";
import { isLowResource } from "../languages/languageInfo.ts";
import { evalLanguages, trainLanguages } from "../spec/resolve.ts";
import { studyRuns } from "./studyRuns.ts";
import { builtInStudy, STUDIES } from "./studies.ts";
import { STUDY_SIZES } from "./studySizes.ts";

describe("the studies that come with the lab", () => {
  it("have names of their own", () => {
    const names = STUDIES.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  it.each(STUDIES.flatMap(({ name }) => STUDY_SIZES.map((size) => [name, size] as const)))(
    "%s at size %s is a study whose cells fit each other",
    (name, size) => {
      const study = builtInStudy(name, size);
      expect(studyRuns(study).length).toBe(study.cells.length * study.seeds.length);
      expect(study.seeds.length).toBe(size === "classroom" ? 6 : 10);
      expect(study.spec.evalEvery).toBe(0); // at start and end
      if (size === "classroom") {
        expect([study.spec.data.train, study.spec.steps]).toEqual(["cldr-emoji", 200]);
      }
    },
  );

  it("ask of low-resource languages where the data has them, trained on and held out", () => {
    const { spec } = builtInStudy("low-resource", "classroom");
    const low = evalLanguages(spec).filter(isLowResource);
    expect([evalLanguages(spec).length, low.length]).toEqual([20, 8]);
    expect(trainLanguages(spec).filter(isLowResource).sort()).toEqual(["am", "ne", "sw", "yo"]);
  });

  it("name what there is where one is asked for that is not", () => {
    expect(() => builtInStudy("ratio", "laptop")).toThrow(
      `study:ratio: there is no such study; there is ${STUDIES.map(({ name }) => name).join(", ")}`,
    );
  });
});
