// Folders that sentence-transformers saves, of every kind it has for texts, and as older versions and other hands leave
// them: the same scores, or refused by name. CHECKPOINT_FOLDERS sets how many (300 take a few minutes).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { folderFiles } from "../../src/cli/nodeModels.ts";
import { nodeWasm } from "../../src/cli/nodeWasm.ts";
import { DataError } from "../../src/core/inputError.ts";
import { cosines } from "../../src/testing/checkpoints/cosines.ts";
import { soon } from "../../src/testing/soon.ts";
import { startBackend } from "../../src/training/engine/backend.ts";
import { judge } from "./judge.ts";

const FOLDERS = Number(process.env["CHECKPOINT_FOLDERS"] ?? 60);
const FIRST = Number(process.env["CHECKPOINT_FIRST"] ?? 0);
const QUERIES = ["Red Fox", "the blue whale swims", "a grey wolf howls : the moon night Fox", "Élan 狼 wolf"];
const PASSAGES = [
  "The red fox runs",
  "Blue Whale swims",
  "grey Wolf howls the night",
  "  moon, the  night. ",
  "x",
];

interface Answer {
  readonly what: readonly string[];
  readonly scores: readonly (readonly number[])[] | null;
  readonly why: string;
}

/** What each refusal is about; the sentence must say it. */
const REFUSALS =
  /pooling "|one pooling mode|include_prompt|the module (LayerNorm|LSTM|CNN|Router) is|the activation|use_residual|WordWeights is computed|similarity_fn_name|truncate_dim|default_prompt_name|processing_kwargs|transformer_task|query_length|document_length|in another order|module_input_name|architectures has|padded on the left|truncation_side|add_bos_token|"mapping"|model_type is missing|the class \w+ (makes|does)/;

const dir = mkdtempSync(path.join(tmpdir(), "lab-any-"));
afterAll(() => rmSync(dir, { recursive: true }));
beforeAll(async () => void (await startBackend("wasm", nodeWasm())));

it(
  `gives the library's scores for ${FOLDERS} folders`,
  async () => {
    const seeds = Array.from({ length: FOLDERS }, (_, i) => FIRST + i);
    const question = { folder: dir, seeds, queries: QUERIES, passages: PASSAGES };
    const answers = await judge<Answer[]>("anyCheckpoints.py", question);
    const seen = { equal: 0, refused: 0, broken: 0 };
    const wrong: string[] = [];
    for (const [i, { what, scores, why }] of answers.entries()) {
      const folder = path.join(dir, `${seeds[i]}`);
      const said = await soon(
        () => cosines(folderFiles(folder, "folder"), QUERIES, PASSAGES),
        () => what.join(" | "),
      ).catch((error: unknown) => (error instanceof DataError ? error.message : String(error)));
      if (typeof said === "string") seen.refused++;
      else if (scores) seen.equal++;
      else seen.broken++;
      const problem = why.startsWith("not built") ? why : scores && compare(said, scores);
      if (problem) wrong.push(`folder ${seeds[i]}: ${problem}: ${what.join(" | ")}`);
    }
    if (process.env["CHECKPOINT_FOLDERS"]) console.log(JSON.stringify(seen));
    expect(wrong).toEqual([]);
    expect(seen.equal).toBeGreaterThan(FOLDERS / 3);
    expect(seen.broken).toBeLessThan(FOLDERS / 10);
  },
  60_000 + 3_000 * FOLDERS,
);

/** @returns what is wrong, if anything */
function compare(said: number[][] | string, scores: NonNullable<Answer["scores"]>): string | undefined {
  if (typeof said === "string") return REFUSALS.test(said) ? undefined : said;
  const worst = Math.max(...said.flatMap((row, q) => row.map((x, p) => Math.abs(x - scores[q]![p]!))));
  return worst < 1e-5 ? undefined : `off by ${worst}`;
}
