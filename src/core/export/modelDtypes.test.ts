// Who reads which type, and what a README says of it.
import { describe, expect, it } from "vitest";
import { dtypeFor, dtypeSentence, isModelReader } from "./modelDtypes.ts";

describe("the type of a model that is given away", () => {
  it("is the reader's usual one unless another is named", () => {
    expect(dtypeFor("sentence-transformers", undefined)).toBe("F32");
    expect(dtypeFor("lab", undefined)).toBe("I8");
    expect(dtypeFor("sentence-transformers", "f16")).toBe("F16");
    expect(dtypeFor("lab", "F32")).toBe("F32");
  });

  it.each([
    ["sentence-transformers", "I8", "--dtype I8: sentence-transformers reads F32, F16"],
    ["sentence-transformers", "i8", "--dtype i8: sentence-transformers reads F32, F16"],
    ["lab", "I4", "--dtype I4: lab reads I8, F16, F32"],
    ["lab", "", "--dtype : lab reads I8, F16, F32"],
    ["lab", "toString", "--dtype toString: lab reads I8, F16, F32"],
  ] as const)("%s reads no %j", (reader, text, message) => {
    expect(() => dtypeFor(reader, text)).toThrow(message);
  });

  it("has a reader that there is", () => {
    expect(["lab", "sentence-transformers", "mteb", "toString", undefined].map(isModelReader)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("is told with its tolerance where something is lost", () => {
    expect(dtypeSentence("F32")).toBe("");
    expect(dtypeSentence("F16")).toContain("differ from those in float32 by less than 0.001.");
    expect(dtypeSentence("I8")).toContain("less than 0.01. sentence-transformers does not read this");
  });
});
