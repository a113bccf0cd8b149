// Every command tells its options and examples, and takes what it tells.
import { describe, expect, it } from "vitest";
import { LAB_VERSION } from "../../core/labVersion.ts";
import { callLab } from "../../testing/labCall.ts";
import { DATA_OPTIONS } from "./dataCommand.ts";
import { DISTILL_OPTIONS } from "./distillCommand.ts";
import { EXPORT_OPTIONS } from "./exportCommand.ts";
import { METRICS_OPTIONS } from "./metricsCommand.ts";
import { MODEL_OPTIONS } from "./modelCommand.ts";
import { PLAN_OPTIONS } from "./planCommand.ts";
import { REPLAY_OPTIONS } from "./replayCommand.ts";
import { REPORT_OPTIONS } from "./reportCommand.ts";
import { EVAL_OPTIONS, RUN_OPTIONS } from "./runCommand.ts";
import { SWEEP_OPTIONS } from "./sweepCommand.ts";

const COMMANDS: Readonly<Record<string, object>> = {
  run: RUN_OPTIONS,
  eval: EVAL_OPTIONS,
  export: EXPORT_OPTIONS,
  replay: REPLAY_OPTIONS,
  sweep: SWEEP_OPTIONS,
  plan: PLAN_OPTIONS,
  data: DATA_OPTIONS,
  model: MODEL_OPTIONS,
  metrics: METRICS_OPTIONS,
  report: REPORT_OPTIONS,
  distill: DISTILL_OPTIONS,
};

it("no command is without its help", async () => {
  const { err } = await callLab("nothing");
  expect(/commands are (.*)$/.exec(err)![1]!.split(", ").sort()).toEqual(Object.keys(COMMANDS).sort());
});

it("--version is the package's", async () => {
  expect(await callLab("--version")).toEqual({ code: 0, out: LAB_VERSION, err: "" });
});

describe.each(Object.entries(COMMANDS))("lab %s", (name, options) => {
  it("--help, -h and lab help print its options and examples, and nothing else happens", async () => {
    const said = await callLab(name, "--help");
    expect(said).toMatchObject({ code: 0, err: "" });
    expect(said.out.split("\n")[0]).toMatch(new RegExp(`^usage: npm run lab -- ${name} ?`));
    for (const option of Object.keys(options))
      expect(said.out).toMatch(new RegExp(`^  (-\\w, )?--${option}( \\S.*)? {2,}\\S`, "m"));
    const [, examples] = said.out.split("examples:\n");
    expect(examples!.split("\n").length).toBeGreaterThan(0);
    for (const line of examples!.split("\n")) expect(line).toMatch(new RegExp(`^  npm run lab -- ${name} `));
    expect(await callLab("help", name)).toEqual(said);
    expect(await callLab(name, "-h")).toEqual(said);
    expect(await callLab(name, "a.json", "--out", "x", "--help")).toEqual(said);
  });

  it("an option that it lacks is refused with the nearest that it has", async () => {
    const known = Object.keys(options).find((option) => option.length > 2)!;
    const wrong = known.slice(0, -1); // a letter short
    const said = await callLab(name, `--${wrong}`, "x");
    expect(said).toMatchObject({ code: 2, out: "" });
    expect(said.err).toBe(`${name}: there is no option --${wrong}; did you mean --${known}?`);
    if ("set" in options) {
      for (const [slip, field] of Object.entries({
        steps: "steps",
        lr: "optimizer.learningRate",
        temperature: "loss.temperature", // as in links, not rule.temperature
        clipNorm: "optimizer.clipNorm",
        stesp: "steps",
      })) {
        if (field in options) continue; // plan has --steps
        const { err } = await callLab(name, `--${slip}`, "5");
        expect(err).toBe(`${name}: there is no option --${slip}; a field is set with --set ${field}=…`);
      }
    }
    const far = await callLab(name, "--qqqqqqqqqqqqqqqq");
    expect(far).toMatchObject({ code: 2, out: "" });
    expect(far.err).toBe(`${name}: there is no option --qqqqqqqqqqqqqqqq; see: lab ${name} --help`);
  });
});

it("lab help of a command that there is not is refused", async () => {
  expect(await callLab("help", "nothing")).toMatchObject({ code: 2, out: "" });
});

it.each([
  ["sweep", "study:nothing", "--out", ""],
  ["sweep", "--out", "a", "--collect", ""],
  ["run", "preset:quickstart", "--save="],
  ["data", "add", "own", "--from", ""],
  ["distill", "--data", ""],
  ["metrics", "--qrels", "x", "--run", ""],
  ["run", "--resume", ""],
])("a place with an empty name is none: %s %s", async (command, ...args) => {
  const option = args.findLast((word) => word.startsWith("--"))!.replace("=", "");
  expect(await callLab(command, ...args)).toEqual({
    code: 2,
    out: "",
    err: `${command}: ${option} is empty (is a variable of the shell not set?)`,
  });
});
