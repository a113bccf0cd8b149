// What a checkpoint is and takes is said before its weights are asked for.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { tinyFolder, TINY_XLM_R } from "../../testing/checkpoints/checkpointFolder.ts";
import { startHubServer, type HubServer } from "../../testing/checkpoints/hubServer.ts";
import { modelCommand } from "./modelCommand.ts";

const WEIGHTS = "model.safetensors";
let hub: HubServer;
let home: string;
beforeEach(async () => {
  hub = await startHubServer(tinyFolder(TINY_XLM_R), {});
  home = await mkdtemp(`${tmpdir()}/lab-models-`);
  vi.stubEnv("LAB_HOME", home);
  vi.stubEnv("LAB_HUB", hub.url);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await hub.close();
  await rm(home, { recursive: true, force: true });
});

async function add(...more: string[]) {
  const said: { line: string; asked: number }[] = []; // with the requests for weights so far
  const ofWeights = () => hub.asked.filter((line) => line.startsWith(WEIGHTS)).length;
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said.push({ line: String(text), asked: ofWeights() });
    return true;
  });
  const out: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: () => undefined };
  await modelCommand(["add", "tiny", "--from", "hf:owner/name", ...more], io);
  vi.restoreAllMocks();
  return { said, out, asked: ofWeights() };
}

it("of a repository, from its header alone", async () => {
  const { said, out, asked } = await add();
  const [first] = said;
  expect(first!.line).toMatch(
    /^hf:owner\/name\t\d layers, width \d+, 25 pieces, pooling by encoder\.pooling, 0\.0 MB\nTraining takes about \d+ MiB at \d+ rows a batch and 25 pieces\.\n$/,
  );
  expect(first!.asked).toBe(1); // its header
  expect(asked).toBeGreaterThan(1);
  expect(out[0]).toMatch(/^added\tlocal:tiny\t/);
});

it("and nothing with --quiet", async () => {
  expect((await add("--quiet")).said).toEqual([]);
});
