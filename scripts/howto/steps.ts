// A how-to page as steps: what its code blocks write, change and run. The first word after ``` is the language, what follows
// names the file. Follows none itself but those on files.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Marked, type Tokens } from "marked";

export type Step =
  | { readonly kind: "write"; readonly file: string; readonly text: string }
  | { readonly kind: "change"; readonly file: string; readonly hunks: readonly Hunk[] }
  | { readonly kind: "run"; readonly command: string; readonly says: readonly string[] };

/** Lines of a file before and after. */
interface Hunk {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * ```ts FILE``` is a new file, ```diff FILE``` a change ("@@" between places), ```sh``` a command a line, and ```text``` after
 * it lines that the last of them says. Other blocks are to be read.
 */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  for (const token of new Marked().lexer(page)) {
    if (token.type !== "code") continue;
    const { lang = "", text } = token as Tokens.Code;
    const [language, file] = lang.split(" ");
    if (language === "sh")
      for (const command of text.split("\n")) steps.push({ kind: "run", command, says: [] });
    else if (language === "text") {
      const last = steps.pop();
      if (last?.kind !== "run") throw new Error(`no command stands before what is said: ${text}`);
      steps.push({ ...last, says: text.split("\n") });
    } else if (file === undefined) continue;
    else if (language === "diff")
      steps.push({ kind: "change", file, hunks: text.split(/^@@$\n?/m).map(hunkOf) });
    else steps.push({ kind: "write", file, text: `${text}\n` });
  }
  return steps;
}

function hunkOf(text: string): Hunk {
  const lines = text.replace(/\n$/, "").split("\n");
  const of = (...signs: readonly string[]) =>
    lines.filter((line) => signs.includes(line[0] ?? " ")).map((line) => line.slice(1));
  return { before: of(" ", "-"), after: of(" ", "+") };
}

/** Writes and changes files under `root`. @throws Error where a file is there already, or a place is not there just once */
export function followOnFiles(root: string, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.kind === "run") continue;
    const at = path.join(root, step.file);
    if (step.kind === "write") {
      if (existsSync(at)) throw new Error(`${step.file} is there already`);
      mkdirSync(path.dirname(at), { recursive: true });
      writeFileSync(at, step.text);
    } else
      writeFileSync(
        at,
        step.hunks.reduce((text, hunk) => changed(step.file, text, hunk), readFileSync(at, "utf8")),
      );
  }
}

function changed(file: string, text: string, { before, after }: Hunk): string {
  const place = `${before.join("\n")}\n`;
  const parts = `\n${text}`.split(`\n${place}`);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times, not once:\n${place}`);
  return parts.join(`\n${after.join("\n")}\n`).slice(1);
}
