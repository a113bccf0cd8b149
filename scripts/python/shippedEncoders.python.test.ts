// Each encoder that comes with the lab, exported as it is and opened by sentence-transformers: the lab's own vectors come out.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportCommand } from "../../src/cli/commands/exportCommand.ts";
import { openVectorTeacher } from "../../src/cli/distill/vectorTeacher.ts";
import { SHIPPED_MODELS } from "../../src/cli/nodeModels.ts";
import { nodeWasm } from "../../src/cli/nodeWasm.ts";
import { SHIPPED } from "../../src/core/encoders/shippedEncoders.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { judge } from "./judge.ts";

const MAX_TOKENS = 128; // of every shipped encoder
const texts = (
  JSON.parse(readFileSync("src/training/text/inventedSentences.json", "utf8")) as [string, string][]
)
  .map(([, text]) => text)
  .filter((text) => text.trim() !== "" && !/<(s|\/s|pad|unk)>/.test(text)); // these are special tokens to Python

const dir = mkdtempSync(path.join(tmpdir(), "lab-shipped-"));
afterAll(() => rmSync(dir, { recursive: true }));
const found = new Map<string, number[][]>();

beforeAll(async () => {
  await startBackend("wasm", nodeWasm());
  const folders = SHIPPED.map(({ info }) => path.join(dir, info.id));
  for (const [i, { info }] of SHIPPED.entries()) {
    const args = [info.id, "--to", "sentence-transformers", "--out", folders[i]!, "--quiet"];
    await exportCommand(args, { out: () => undefined, err: () => undefined });
  }
  const jobs = folders.map((folder) => ({ folder, prompt: "query", texts }));
  const answers = await judge<number[][][]>("vectors.py", jobs);
  SHIPPED.forEach(({ info }, i) => found.set(info.id, answers[i]!));
}, 300_000);

describe.each(SHIPPED.map(({ info }) => info.id))("%s", (id) => {
  it("has in Python the vectors that it has here", async () => {
    const encoder = await openVectorTeacher(path.join(SHIPPED_MODELS, id), MAX_TOKENS);
    const loaded = await encoder.load(texts);
    const own = await loaded.encode(texts);
    loaded.dispose();
    const theirs = found.get(id)!;
    expect([theirs.length, theirs[0]!.length]).toEqual([texts.length, encoder.width]);
    let largest = 0;
    theirs.forEach((vector, i) =>
      vector.forEach((x, d) => {
        largest = Math.max(largest, Math.abs(x - own[i * encoder.width + d]!));
      }),
    );
    expect(largest).toBeLessThan(1e-5);
  }, 120_000);
});
