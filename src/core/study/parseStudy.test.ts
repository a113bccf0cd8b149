import { describe, expect, it } from "vitest";
import { ofKinds } from "../spec/batchKind.ts";
import { DEFAULT_SPEC, findPreset } from "../spec/presets.ts";
import { parseStudy, writtenStudy } from "./parseStudy.ts";
import { STUDY_SCHEMA } from "./study.ts";
import { studyIdentity } from "./studyIdentity.ts";

const ratio = (mono: number, cross: number, multi = 0) => ofKinds({ mono, cross, multi });
const FILE = {
  schema: STUDY_SCHEMA,
  title: "Mono share",
  question: "How much mono?",
  spec: { steps: 20, evalEvery: 0 },
  factors: [{ path: "batch.ratio", values: [ratio(1, 0), ratio(0.2, 0.8)] }],
  seeds: [1, 2],
  primary: "map/cross",
  smallestEffect: 0.003,
};
const read = (changes: object = {}) =>
  parseStudy(JSON.parse(JSON.stringify({ ...FILE, ...changes })), "s.json");
const cells = (...given: object[]) => ({ factors: undefined, cells: given });

describe("a study's file", () => {
  it("is read with defaults for what it leaves out, and readable names", () => {
    const study = read();
    expect(study.spec).toEqual({ ...findPreset("quickstart")!.spec, steps: 20, evalEvery: 0 });
    expect(study.cells.map(({ name, label }) => [name, label])).toEqual([
      ["monolingual", "Monolingual"],
      ["mono-20", "mono 20 %"],
    ]);
    expect(study).toMatchObject({ order: "balanced", budget: "steps", controls: ["monolingual"] });
  });

  it("names a preset as its base", () => {
    expect(read({ spec: "cross" }).spec).toEqual({ ...findPreset("cross")!.spec });
  });

  it("crosses factors, and tells their cells apart", () => {
    const study = read({
      factors: [
        { path: "languages.perBatch", values: [2, 4] },
        { path: "batch.size", values: [32, 64] },
      ],
    });
    expect(study.cells.map(({ name }) => name)).toEqual([
      "languages-per-batch-2-batch-32",
      "languages-per-batch-2-batch-64",
      "languages-per-batch-4-batch-32",
      "languages-per-batch-4-batch-64",
    ]);
    expect(study.cells[2]!.changes).toEqual({ "languages.perBatch": 4, "batch.size": 32 });
  });

  it("takes cells with changes by path or in groups, and a mixture", () => {
    const listed = read(
      cells(
        { name: "a", changes: { "batch.size": 32 } },
        { label: "Big", changes: { batch: { size: 64 } } },
        { changes: {} },
      ),
    );
    expect(listed.cells).toEqual([
      { name: "a", label: "a", changes: { "batch.size": 32 } },
      { name: "big", label: "Big", changes: { "batch.size": 64 } },
      { name: "as-it-is", label: "as it is", changes: {} },
    ]);
    const mixed = read({ factors: undefined, mixture: { kind: "axial" } });
    expect(mixed.cells.map(({ name }) => name)).toEqual([
      "monolingual",
      "cross-lingual",
      "multilingual",
      "hybrid",
      "mono-50-multi-50",
      "cross-50-multi-50",
      "mono-33.3-cross-33.3-multi-33.3",
      "mono-66.7-cross-16.7-multi-16.7",
      "mono-16.7-cross-66.7-multi-16.7",
      "mono-16.7-cross-16.7-multi-66.7",
    ]);
  });

  it("has no name that every object has, or that Windows keeps for a device", () => {
    const named = (...names: string[]) =>
      read(cells(...names.map((name, i) => ({ name, changes: { "batch.size": 16 + i } }))));
    for (const name of ["CON", "nul.txt", "Lpt1", "constructor", "__proto__"])
      expect(() => named("a", name)).toThrow("name is a name that some systems keep for themselves");
    expect(named("a", "console").cells[1]!.name).toBe("console");
    const labelled = [
      { label: "NUL", changes: {} },
      { label: "Aux", changes: { "batch.size": 16 } },
    ];
    expect(read(cells(...labelled)).cells.map(({ name }) => name)).toEqual(["nul-2", "aux-2"]);
    const groups = JSON.parse('{"__proto__": ["en"], "b": ["de"]}') as object;
    expect(() => read({ groups })).toThrow(
      "s.json: groups.__proto__ is a name that every object has; call it something else",
    );
    const spec = { languages: { train: JSON.parse('{"en": 1, "constructor": 1}') as object } };
    expect(() => read({ spec })).toThrow("spec.languages.train.constructor is a name that every object has");
  });

  it("comes back as it was written, and stays the same study", () => {
    for (const study of [
      read(),
      read({ factors: undefined, mixture: { kind: "centroid" }, looks: [2, 4] }),
    ]) {
      const again = parseStudy(JSON.parse(JSON.stringify(writtenStudy(study))), "study.json");
      expect(again).toEqual(study);
      expect(studyIdentity(again)).toBe(studyIdentity(study));
    }
    expect(studyIdentity(read({ title: "Other", seeds: [5, 6, 7] }))).toBe(studyIdentity(read()));
    expect(studyIdentity(read({ spec: { steps: 21 } }))).not.toBe(studyIdentity(read()));
  });

  it("that was written by an older lab means what it meant", () => {
    const { loss: _, ...older } = DEFAULT_SPEC; // as if whole groups had come later
    const { distillation, distillationWeight, teacher: _teacher, ...loss } = DEFAULT_SPEC.loss;
    const written = read({ format: 1, spec: { ...older, loss } });
    expect([distillation, distillationWeight, "distilled-mini"]).toEqual([
      written.spec.loss.distillation,
      written.spec.loss.distillationWeight,
      written.spec.loss.teacher,
    ]);
  });
});

describe("bad input is refused with its sentence", () => {
  const mono = { name: "m", changes: { "batch.ratio": ratio(1, 0) } };
  const cross = (changes: object) => ({ name: "c", changes });
  it.each<[string, object, string]>([
    ["no study", { schema: "run@1" }, 's.json: is no study; its "schema" must be "hybrid-batch-lab/study@1", got "run@1"'],
    ["an unknown field", { seed: 1 }, "s.json: seed is not a field of hybrid-batch-lab/study@1"],
    ["a missing field", { question: undefined }, "s.json: question is missing"],
    ["no cells", { factors: undefined }, "s.json: has no cells; list cells, or say factors or a mixture"],
    ["one cell", cells(mono), "s.json: has one cell; a study compares at least two"],
    ["factors and a mixture", { mixture: { kind: "axial" } }, "s.json: has factors and a mixture; say one of the two, or list the cells"],
    ["other cells beside factors", { cells: [mono] }, "s.json: its cells are not those of its factors; leave out one of the two"],
    ["doubled seeds", { seeds: [1, 2, 1] }, "s.json: seed 1 is there twice; each seed runs once in every cell"],
    ["no seeds", { seeds: [] }, "s.json: seeds must have at least 1 entry, got 0"],
    ["doubled names", cells(mono, { ...mono, name: "M" }), "s.json: two cells are called m; give each a name of its own"],
    ["a name for no file", cells(mono, { ...mono, name: "../m" }), 's.json: cell 2: name must be 1 to 60 letters, digits, ".", "_" or "-"'],
    ["an unknown control", { controls: ["x"] }, "s.json: controls: there is no cell x; cells are monolingual, mono-20"],
    ["an unknown measure", { primary: "loss/mono" }, "s.json: primary: loss/mono is no measure of an evaluation; there is map/mono, map/cross"],
    ["a measure that is not made", { primary: "ndcg@20/multi" }, "s.json: cell monolingual does not measure ndcg@20/multi; add it to the spec's evaluate.cuts"],
    ["no effect", { smallestEffect: 0 }, "s.json: smallestEffect must be above 0"],
    ["looks that fall", { looks: [2, 1] }, "s.json: looks must be numbers of seeds that rise to all of them, such as [2], got [2, 1]"],
    ["an unknown path", { factors: [{ path: "batch.mix", values: [1] }] }, "s.json: factors.0: batch.mix is not a field; fields are data.train"],
    ["a group of fields as a factor", { factors: [{ path: "batch", values: [{ size: 8 }, { size: 16 }] }] }, "s.json: factors.0: batch is not a field; fields are data.train"],
    ["a field that is said twice", cells(mono, cross({ "batch.size": 16, batch: { size: 32 } })), "s.json: cell c: batch.size is there twice; say it once"],
    ["one in the base that is", { spec: { optimizer: { warmup: 5 }, "optimizer.warmup": 9 } }, "s.json: spec: optimizer.warmup is there twice; say it once"],
    ["a group with a language that is not tested", { groups: { near: ["de", "nl"] } }, "s.json: groups: near has nl, which is not tested; languages are ar, de, el, en, es, hi, ru, th, tr, vi, zh"],
    ["a value out of bounds", cells(mono, cross({ "batch.size": 1 })), "s.json: cell c: batch.size must be from 2 to 1024, got 1"],
    ["a simplex that does not sum to one", cells(mono, cross({ batch: { ratio: ratio(0.5, 0.7) } })), "s.json: cell c: batch.ratio sums to 1.2; its shares must sum to 1"],
    ["one in a factor", { factors: [{ path: "batch.ratio", values: [ratio(0.3, 0.3)] }] }, "s.json: factors.0: batch.ratio sums to 0.6; its shares must sum to 1"],
    ["one in the base", { spec: { "batch.ratioEnd": ratio(0, 2) } }, "s.json: spec: batch.ratioEnd sums to 2; its shares must sum to 1"],
    ["contradictory fields", cells(mono, cross({ "languages.train": { en: 1 }, "languages.eval": ["en"] })), "s.json: cell c: batch.ratio: cross-lingual batches need 2 languages in a batch, got 1; add a training language or raise languages.perBatch"],
    ["a seed in a cell", cells(mono, cross({ seed: 4 })), "s.json: cell c: sets seed; the study's seeds run in every cell"],
    ["a device in a cell", cells(mono, cross({ "compute.backend": "cpu" })), "s.json: cell c: sets compute.backend; all cells run on one device, which spec may name"],
    ["two tests", cells(mono, cross({ "languages.train": { en: 1, de: 1 } })), "s.json: cell c: is tested on cldr-emoji (devConcepts) in de, el, en, vi, m on cldr-emoji (devConcepts) in ar, de, el, en, es, hi, ru, th, tr, vi, zh; cells are held against each other on one test: set data.eval and languages.eval in spec"],
    ["the same cell twice", cells(mono, { ...mono, name: "n" }), "s.json: cell n: is the same experiment as m; leave out one of the two"],
    ["a base without a preset", { spec: "hybird" }, "s.json: spec: preset must be one of quickstart, mono"],
    ["too many runs", { factors: [{ path: "steps", values: Array.from({ length: 1000 }, (_, i) => i + 1) }, { path: "batch.size", values: Array.from({ length: 1000 }, (_, i) => i + 2) }], seeds: Array.from({ length: 1000 }, (_, i) => i) }, "s.json: is 1000000000 runs (1000000 cells × 1000 seeds); at most 10000 runs and 1000 cells are allowed: take fewer values or seeds"],
    ["too many parts", { factors: undefined, mixture: { kind: "lattice", parts: 1e6 } }, "s.json: mixture.parts must be at most 42, got 1000000"],
    ["a mixture of no kind", { factors: undefined, mixture: { kind: "grid" } }, 's.json: mixture.kind must be "lattice", "centroid" or "axial", got "grid"'],
    ["a title that is a number", { title: 7 }, "s.json: title must be a text, got 7"],
    ["a seed in words", { seeds: [1, "two"] }, 's.json: seeds.1 must be a number, got "two"'],
    ["half a seed", { seeds: [1.5] }, "s.json: seeds.0 must be a whole number, got 1.5"],
    ["a budget of no kind", { budget: "minutes" }, 's.json: budget must be "steps", "crossBatches" or "pairs", got "minutes"'],
    ["changes that are none", cells(mono, { name: "c", changes: 4 }), "s.json: cell c: changes must be an object, got 4"],
    ["a cell with a field of its own", cells(mono, { label: "big", size: 8, changes: {} }), "s.json: cell 2: size is not a field of hybrid-batch-lab/study@1"],
    ["groups that are none", { groups: "family" }, 's.json: groups must be "level", "script" or an object, got "family"'],
    ["a group without a list", { groups: { near: "de" } }, 's.json: groups.near must be a list, got "de"'],
    ["a file that is a list", { schema: undefined }, 's.json: is no study; its "schema" must be "hybrid-batch-lab/study@1", got none'],
  ])("%s", (_, changes, message) => {
    let said = "nothing";
    try {
      read(changes);
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said.slice(0, message.length)).toBe(message);
  }); // prettier-ignore
});
