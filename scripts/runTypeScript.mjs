// Runs a TypeScript program of this repository as if it were the script itself: same pipes, exit code and signals.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT, setUpOrExit } from "./setup.mjs";

/** Quick set-up, then `file` with this process's arguments. Ends the process when the program ends. */
export function runTypeScript(file) {
  setUpOrExit({ quick: true });
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), join(ROOT, file), ...process.argv.slice(2)],
    {
      stdio: "inherit",
    },
  );
  // A terminal sends Ctrl-C to both, `kill` only to us: the child, which decides when to stop, takes two at once for one.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`${file} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal); // die as it died, so that a shell sees 128 + n
  });
}
