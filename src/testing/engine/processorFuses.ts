// Whether this processor multiplies and adds in one rounding, asked of the system and not of WebAssembly.
import { readFileSync } from "node:fs";

/** Taken for granted where the system does not say: ARM of 64 bits has it, x86 since 2013. */
export function processorFuses(): boolean {
  if (process.platform !== "linux" || process.arch !== "x64") return true;
  return /^flags\s*:.*\bfma\b/m.test(readFileSync("/proc/cpuinfo", "utf8"));
}
