// Process entry of the command line. Exits explicitly: a GPU device would keep the process alive.
import { lab } from "./commands.ts";
import { writeProblem } from "./files/outPlaces.ts";

let lost = false; // a line of the result reached no place

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0); // the reader, e.g. `head`, has seen enough
  if (!lost) process.stderr.write(`What is printed cannot be written: ${writeProblem(error)}\n`);
  lost = true; // the command goes on: what it keeps in files of its own is not lost
});
const code = await lab(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});
// After all output has left, or was told not to.
process.stdout.write("", () => setImmediate(() => process.exit(lost && code === 0 ? 1 : code)));
