// What an error of a command means: one line and an exit code, by its class.
import { parseArgs } from "node:util";
import { expect, it } from "vitest";
import { InputError, TrecFormatError } from "../../core/inputError.ts";
import { DeviceError } from "../../core/machineError.ts";
import { exitCode } from "./commandIo.ts";

async function told(fail: () => unknown) {
  const err: string[] = [];
  const io = { out: () => undefined, err: (line: string) => void err.push(line) };
  const code = await exitCode(() => Promise.resolve(fail() as 0), io);
  return [code, ...err];
}
const thrown = (error: unknown) =>
  told(() => {
    throw error;
  });

it("gives the command's own code back where nothing was thrown", async () => {
  expect(await told(() => 0)).toEqual([0]);
  expect(await told(() => 1)).toEqual([1]);
});

it("ends with 2 for input that cannot be right, with 1 for the machine's limits and all else", async () => {
  expect(await thrown(new InputError("no"))).toEqual([2, "no"]);
  expect(await thrown(new TrecFormatError("a", 1, "b"))).toEqual([2, "a, line 1: b"]);
  expect(await thrown(new DeviceError("The graphics device was lost"))).toEqual([
    1,
    "The graphics device was lost",
  ]);
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  expect(await thrown(full)).toEqual([
    1,
    expect.stringMatching(/^There is no room left to keep this \(ENOSPC.*free space on the disk$/),
  ]);
  expect(await thrown(new Error("first line\nsecond"))).toEqual([1, "first line"]);
});

it("ends with 2 for options that Node refuses", async () => {
  const [code, line] = await told(() => parseArgs({ args: ["--nope"], options: {} }));
  expect([code, line]).toEqual([2, expect.stringContaining("--nope")]);
});
