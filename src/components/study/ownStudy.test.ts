// A study from the choices of a form.
import { describe, expect, it } from "vitest";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import { FACTOR_PATHS, FIRST_CHOICES, ownStudy } from "./ownStudy.ts";

const made = (part: Partial<typeof FIRST_CHOICES>) => ownStudy({ ...FIRST_CHOICES, ...part }, DEFAULT_SPEC);

describe("one's own study", () => {
  it("holds the hybrid mix and the monolingual one against the cross-lingual one unless another design is chosen", () => {
    expect(made({})).toMatchObject({
      title: "The mix",
      question: "What does the mix do?",
      seeds: [1, 2, 3, 4, 5, 6],
    });
    expect(made({}).cells.map(({ label }) => label)).toEqual(["Cross-lingual", "Monolingual", "Hybrid"]);
    expect(made({}).cells.map(({ changes }) => changes["batch.ratio"])).toMatchObject([
      { mono: 0, cross: 1 },
      { mono: 1, cross: 0 },
      { mono: 0.5, cross: 0.5 },
    ]);
    expect(made({ design: "axial" })).toMatchObject({ title: "The triangle of mixes" });
    expect(made({ design: "axial" }).cells).toHaveLength(10);
    expect(made({ design: "centroid" }).cells).toHaveLength(7);
    expect(made({ design: "lattice" }).cells).toHaveLength(15);
  });

  it("takes shares and values as they are written, and crosses two settings", () => {
    const ratios = made({ design: "share", shares: "0, .25,1" }).cells.map(
      ({ changes }) => changes["batch.ratio"],
    );
    expect(ratios).toMatchObject([{ cross: 1 }, { mono: 0.25, cross: 0.75 }, { mono: 1 }]);
    const grid = made({
      design: "settings",
      factors: [
        { path: "batch.size", values: "64, 128" },
        { path: "optimizer.learningRate", values: "0.01, 0.03, 0.1" },
      ],
    });
    expect(grid.cells).toHaveLength(6);
    expect(grid.title).toBe("Batch size with learning rate");
  });

  it("says in one sentence what cannot be right", () => {
    const why = (part: Partial<typeof FIRST_CHOICES>) => {
      try {
        made(part);
        return "nothing";
      } catch (error) {
        return (error as Error).message;
      }
    };
    const sized = (values: string) => why({ design: "settings", factors: [{ path: "batch.size", values }] });
    expect(sized("64")).toMatch(/^this study: has one cell; a study compares at least two/);
    expect(sized("64, many")).toMatch(/batch.size/);
    for (const [shares, wrong] of [["0, 1.5", "1.5"], ["0, half", "half"], ["-0.1, 1", "-0.1"]] as const)
      expect(why({ design: "share", shares })).toMatch(`“${wrong}” is no share; write numbers from 0 to 1`); // prettier-ignore
    expect(why({ design: "share", shares: "0, 0.1, .1" })).toMatch(/is the same experiment as/);
    expect(why({ control: "nobody" })).toMatch(/^this study: controls: there is no cell nobody/);
    expect(why({ seeds: 5000 })).toMatch(/^this study: seeds/);
  });

  it("offers no setting that a cell may not have", () => {
    expect(FACTOR_PATHS).toContain("encoder.id");
    for (const path of ["seed", "compute.backend", "batch.ratio"] as const)
      expect(FACTOR_PATHS).not.toContain(path);
  });
});
