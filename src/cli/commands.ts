// The command line: picks the command and turns errors into one line and an exit code. Computes nothing.
import { visibleText } from "../core/visibleText.ts";
import { exitCode, type CommandIo, type ExitCode } from "./commands/commandIo.ts";
import { dataCommand } from "./commands/dataCommand.ts";
import { exportCommand } from "./commands/exportCommand.ts";
import { metricsCommand } from "./commands/metricsCommand.ts";
import { modelCommand } from "./commands/modelCommand.ts";
import { planCommand } from "./commands/planCommand.ts";
import { replayCommand } from "./commands/replayCommand.ts";
import { reportCommand } from "./commands/reportCommand.ts";
import { distillCommand } from "./commands/distillCommand.ts";
import { evalCommand, runCommand } from "./commands/runCommand.ts";

const USAGE = `usage: npm run lab -- COMMAND

  run <spec.json | link | preset:NAME> [--set path=value]… [--backend webgpu|wasm|cpu] [--out run.json] [--trec DIR [--trec-depth N|all]] [--save DIR]
      [--checkpoint-every 50|30s]      snapshots beside --out; so does Ctrl+C, which says how to go on
  run --from <run.json | its snapshots | link> [--at STEP] --set path=value…   a branch: another mix, languages, loss, … from there
  run --resume <run.json | its snapshots>   goes on from the last snapshot, to the same numbers
  export <spec | link | run.json> --to sentence-transformers --out DIR     trains it again; run --save DIR does both
  eval <encoder> --data <set> [--langs a,b] [--set path=value]… [--out eval.json] [--trec DIR]
  replay <link | run.json>             exit 0: the same (or close, on another device), 1: differs
  plan <spec> [--steps N] [--set path=value]…   the batch plan as JSON lines
  data list | add <set> [--from DIR] [--langs a,b] [--format F] | verify [set]
  report <run.json>… [--to markdown|latex|csv|mteb|compare] [--languages]
  model list | add NAME --from DIR | hf:OWNER/NAME[@REVISION] | https://… | remove NAME
  distill [--config NAME|FILE] [--out DIR] [--data DIR] [--tokenizer FILE] [--resume]   makes distilled-mini, or another recipe's model
  metrics --run RUN --qrels QRELS [-m MEASURE]… [-q] [-c]

--quiet leaves out progress. Exit codes: 0 done, 1 result differs or failed, 2 bad input, 130 left by Ctrl+C.`;

type Command = (args: string[], io: CommandIo) => Promise<ExitCode>;

const COMMANDS: Readonly<Record<string, Command>> = {
  run: runCommand,
  eval: evalCommand,
  export: exportCommand,
  replay: replayCommand,
  plan: planCommand,
  data: (args, io) => dataCommand(args, io),
  model: modelCommand,
  metrics: metricsCommand,
  report: reportCommand,
  distill: distillCommand,
};

/** @returns the exit code: 0 done, 1 differs or failed, 2 bad input */
export async function lab(args: string[], terminal: CommandIo): Promise<ExitCode> {
  const io: CommandIo = {
    out: (line) => terminal.out(visibleText(line)),
    err: (line) => terminal.err(visibleText(line)),
  };
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    io.out(USAGE);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    io.err(`lab: "${name}" is not a command; commands are ${Object.keys(COMMANDS).join(", ")}`);
    return 2;
  }
  return exitCode(() => command(rest, io), io);
}
