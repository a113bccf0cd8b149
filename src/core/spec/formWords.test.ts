import { describe, expect, it } from "vitest";
import { checkValue } from "./checkValue.ts";
import { fieldAt, SPEC_PATHS } from "./fields.ts";
import { formWords } from "./formWords.ts";
import { DEFAULT_SPEC } from "./presets.ts";
import { checkConsistency } from "./resolve.ts";
import { withPath } from "./spec.ts";

describe("in the form's words", () => {
  it("a sentence begins with the field's label and quotes others", () => {
    expect(
      formWords(
        "batch.size: mono batches in en need 25 concepts; choose at most 18, or leave en out of languages.train",
      ),
    ).toBe(
      "Batch size: mono batches in en need 25 concepts; choose at most 18, or leave en out of “Training languages”",
    );
    expect(formWords("steps must be from 1 to 100000, got 0")).toBe("Steps must be from 1 to 100000, got 0");
    expect(formWords("it may change batch.ratioEnd, evalEvery")).toBe(
      "it may change “Final mix”, “Evaluate every”",
    );
  });

  it("other words, files and numbers stay", () => {
    for (const sentence of [
      "the run was left after 3 steps, seed 1",
      "my-steps.json: batch.size.bak is no file",
      "lab.batch.size is unknown",
    ]) {
      expect(formWords(sentence)).toBe(sentence);
    }
  });

  it.each(SPEC_PATHS)("%s is in no sentence about its value", (path) => {
    const { problem } = checkValue(path, { senseless: true });
    expect(problem!.message).toContain(path);
    expect(formWords(problem!.message)).toBe(problem!.message.replace(path, fieldAt(path).label));
  });

  it("contradictions are told in labels alone", () => {
    const one = withPath(withPath(DEFAULT_SPEC, "languages.train", { en: 1 }), "languages.heldOut", []);
    const sentence = (() => {
      try {
        checkConsistency(one);
      } catch (error) {
        return formWords((error as Error).message);
      }
      return "";
    })();
    expect(sentence).toMatch(/^Batch mix: cross-lingual .* raise “Languages per batch”$/);
  });
});
