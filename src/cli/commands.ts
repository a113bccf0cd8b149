// The command line: picks the command and turns errors into one line and an exit code. Computes nothing.
import { visibleText } from "../core/visibleText.ts";
import { SpecError } from "../core/inputError.ts";
import { LAB_VERSION } from "../core/labVersion.ts";
import { fieldCalled, fieldMeant } from "../core/spec/unknownField.ts";
import { helpText, nearestOption, setsFields, usageText } from "./commands/help.ts";
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
import { sweepCommand } from "./commands/sweepCommand.ts";

type Command = (args: string[], io: CommandIo) => Promise<ExitCode>;

const COMMANDS: Readonly<Record<string, Command>> = {
  run: runCommand,
  eval: evalCommand,
  export: exportCommand,
  replay: replayCommand,
  sweep: sweepCommand,
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
  const asksHelp = (word: string | undefined) => word === "--help" || word === "-h";
  if (name === undefined || asksHelp(name) || (name === "help" && rest.length === 0)) {
    io.out(usageText());
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    io.out(LAB_VERSION);
    return 0;
  }
  const asked = name === "help" ? rest[0]! : name;
  const command = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (!command) {
    io.err(`lab: "${asked}" is not a command; commands are ${Object.keys(COMMANDS).join(", ")}`);
    return 2;
  }
  if (name === "help" || rest.some(asksHelp)) {
    io.out(helpText(asked));
    return 0;
  }
  const empty = emptyPlace(rest);
  if (empty !== undefined) {
    io.err(`${asked}: ${empty} is empty (is a variable of the shell not set?)`);
    return 2;
  }
  return exitCode(
    () =>
      command(rest, io).catch((error: unknown) => {
        throw wrongOption(asked, error) ?? error;
      }),
    io,
  );
}

/** Options that name a file or a folder: an empty name would mean the folder that one stands in, or be told as a file without one. */
const PLACES =
  /^--(out|save|resume|trec|from|collect|run|qrels|config|prepare|layers|dump|list-texts|data|teacher|tokenizer)(=?)$/;

function emptyPlace(args: readonly string[]): string | undefined {
  const at = args.findIndex((word, i) => {
    const option = PLACES.exec(word);
    return option !== null && (option[2] === "=" || args[i + 1] === "");
  });
  return args[at]?.replace("=", "");
}

/** Node's error of an option without its value, or of one that a command lacks with what was meant; undefined for others. */
function wrongOption(command: string, error: unknown): SpecError | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? error.code : undefined;
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE" && error.message.includes("ambiguous")) {
    const option = /'(--?[a-z-]+)/.exec(error.message)?.[1] ?? "an option";
    return new SpecError(
      `${command}: ${option} needs a value; one that begins with "-" is written ${option}=-…`,
      {
        cause: error,
      },
    );
  }
  if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    return error.cause === undefined ? undefined : wrongOption(command, error.cause);
  }
  const wrong = /'(--?[^']+)'/.exec(error.message)?.[1] ?? "";
  const advice = adviceFor(command, wrong.replace(/^-+/, ""));
  return new SpecError(`${command}: there is no option ${wrong}; ${advice}`, { cause: error });
}

/** A field by its own name comes before an option that is spelt alike, and that before a field that is. */
function adviceFor(command: string, name: string): string {
  const near = nearestOption(command, name);
  const field = near === undefined ? fieldMeant(name) : fieldCalled(name);
  if (field !== undefined && setsFields(command)) return `a field is set with --set ${field}=…`;
  return near === undefined ? `see: lab ${command} --help` : `did you mean --${near}?`;
}
