// Process entry of the command line. Exits explicitly: a GPU device would keep the process alive.
import { lab } from "./commands.ts";

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0); // the reader, e.g. `head`, has seen enough
});
const code = await lab(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write("", () => process.exit(code)); // after all output has left
