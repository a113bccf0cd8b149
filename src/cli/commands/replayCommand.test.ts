// A record of a lab that read its checkpoint otherwise is given again as different, and the reason is said.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { recordJson } from "../../core/export/recordJson.ts";
import { digestOf } from "../../core/record/digest.ts";
import { DEFAULT_SPEC } from "../../core/spec/presets.ts";
import {
  latinWordPiece,
  sentenceFolder,
  TINY_BERT,
  WORDPIECE_JSON,
  type FolderFiles,
} from "../../testing/checkpoints/checkpointFolder.ts";
import { readRecord } from "../../testing/readRecord.ts";
import { loadWeights } from "../../training/pretrained/loadWeights.ts";
import { openCheckpoint } from "../../training/pretrained/openCheckpoint.ts";
import { buildEmbedded } from "../buildEmbedded.ts";
import { lab } from "../commands.ts";
import { folderFiles, modelsFolder } from "../nodeModels.ts";

let home = "";
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "lab-replay-"));
  vi.stubEnv("LAB_HOME", home);
  await buildEmbedded();
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

async function call(...args: string[]) {
  const out: string[] = [];
  const code = await lab(args, { out: (line) => out.push(line), err: () => undefined });
  return { code, out: out.join("\n") };
}

const SETTINGS = [
  "encoder.id=local:mine",
  "languages.train=de,en",
  "languages.heldOut=none",
  "steps=1",
  "batch.size=8",
  "evalEvery=1",
  "data.liveQueries=8",
  "compute.backend=wasm",
];

async function writeFolder(name: string, files: FolderFiles): Promise<string> {
  const folder = path.join(modelsFolder(), name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(
      path.join(folder, file),
      content instanceof Uint8Array ? content : JSON.stringify(content),
    );
  }
  return folder;
}

it("names do_lower_case where the record is of a lab that passed over it", async () => {
  const cased = { ...latinWordPiece(), normalizer: WORDPIECE_JSON.normalizer };
  const pieces = Object.keys((latinWordPiece() as { model: { vocab: object } }).model.vocab).length;
  const files = {
    ...sentenceFolder(TINY_BERT, cased, pieces),
    "sentence_bert_config.json": { max_seq_length: 16, do_lower_case: true },
  };
  const folder = await writeFolder("mine", files);
  const out = path.join(home, "run.json");
  const set = SETTINGS.flatMap((setting) => ["--set", setting]);
  expect((await call("run", "preset:mono", ...set, "--out", out, "--quiet")).code).toBe(0);
  expect((await call("replay", out, "--quiet")).out).toContain("repeated\t");

  const { former } = await loadWeights(
    await openCheckpoint(folderFiles(folder)),
    DEFAULT_SPEC.encoder,
    Int32Array.of(4),
    () => undefined,
  );
  const record = await readRecord(out);
  const values = { ...record.final.values, "map/mono": record.final.values["map/mono"]! / 2 };
  const older = {
    ...record,
    final: { ...record.final, values },
    environment: { ...record.environment, encoderSha256: former!.sha256 },
  };
  await writeFile(out, recordJson({ ...older, digest: digestOf(older) }));
  const again = await call("replay", out, "--quiet");
  expect(again.code).toBe(1);
  expect(again.out).toContain("encoder\tlocal:mine is read otherwise than by labs up to 0.2");
  expect(again.out).toContain("do_lower_case of sentence_bert_config.json");
  expect(again.out).toContain("different\t1 numbers");

  const other = { ...older, environment: { ...older.environment, encoderSha256: "0".repeat(64) } };
  await writeFile(out, recordJson({ ...other, digest: digestOf(other) }));
  expect((await call("replay", out, "--quiet")).out).toContain("encoder\tis not the one of the record");
}, 120_000);

it("names the parts of a tokenizer that older labs may have misread, where numbers differ", async () => {
  const out = path.join(home, "run.json");
  const tokenizer = latinWordPiece();
  const pieces = Object.keys((tokenizer as { model: { vocab: object } }).model.vocab).length;
  await writeFolder(
    "split",
    sentenceFolder(TINY_BERT, { ...tokenizer, pre_tokenizer: { type: "Whitespace" } }, pieces),
  );
  const set = [...SETTINGS.slice(1), "encoder.id=local:split"].flatMap((setting) => ["--set", setting]);
  expect((await call("run", "preset:mono", ...set, "--out", out, "--quiet")).code).toBe(0);
  const { format: _, ...record } = await readRecord(out); // as a lab before ages wrote it
  const values = { ...record.final.values, "map/mono": record.final.values["map/mono"]! / 2 };
  const older = { ...record, final: { ...record.final, values } };
  await writeFile(out, recordJson({ ...older, digest: digestOf(older) }));
  expect((await call("replay", out, "--quiet")).out).toContain(
    "encoder\tlocal:split has BertNormalizer, Whitespace in its tokenizer.json, which labs up to 0.2 may have misread",
  );
}, 120_000);
