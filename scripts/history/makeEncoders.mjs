// Writes small encoder folders in the shapes that libraries save, and evaluates each by an old commit.
// node --import tsx scripts/history/makeEncoders.mjs COMMIT CHECKOUT   (497d8ca or later, checked out and set up)
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { jsonLines } from "./jsonLines.mjs";
import { oldCommand } from "./oldLab.mjs";

const [commit, root] = process.argv.slice(2);
const folder = path.join(import.meta.dirname, "../../src/testing/history", commit, "encoders");
const load = (file) => import(path.join(path.resolve(root), "src", file));
const make = await load("testing/checkpoints/checkpointFolder.ts");
const { writeSafetensors } = await load("training/export/safetensors.ts");
const lab = oldCommand(root);

const latin = make.latinWordPiece();
const pieces = Object.keys(latin.model.vocab).length;
const modules = (...names) =>
  names.map((name, idx) => ({
    idx,
    name: `${idx}`,
    path: idx === 0 ? "" : `${idx}_${name}`,
    type: `sentence_transformers.models.${name}`,
  }));
const bert = { ...make.TINY_BERT, vocab_size: pieces };
const sentence = make.sentenceFolder(make.TINY_BERT, latin, pieces);
const half = make.tinyTensors(make.TINY_XLM_R, "roberta.", "F16");
const [first, second] = [0, 1].map((rest) =>
  Object.fromEntries(Object.entries(half).filter((_, i) => i % 2 === rest)),
);
const placed = (tensors, file) => Object.keys(tensors).map((name) => [name, file]);
/** Files that libraries write and the lab of that time does not read. */
const UNREAD = {
  "README.md": "# A model",
  "special_tokens_map.json": { cls_token: "[CLS]", pad_token: "[PAD]" },
  "tokenizer_config.json": { do_lower_case: true, model_max_length: 16, tokenizer_class: "BertTokenizer" },
  "vocab.txt": Object.keys(latin.model.vocab).join("\n"),
  "added_tokens.json": {},
  "2_Normalize/config.json": {},
};

const FOLDERS = {
  bare: make.tinyFolder(bert, { "tokenizer.json": latin }),
  sentence,
  "with-unread-files": { ...sentence, ...UNREAD },
  dense: {
    ...make.tinyFolder(bert, { "tokenizer.json": latin }),
    "modules.json": modules("Transformer", "Pooling", "Dense", "Normalize"),
    "1_Pooling/config.json": { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
    "2_Dense/config.json": {
      in_features: 8,
      out_features: 5,
      bias: true,
      activation_function: "torch.nn.modules.activation.Tanh",
    },
    "2_Dense/model.safetensors": writeSafetensors({
      "linear.weight": {
        shape: [5, 8],
        dtype: "F32",
        data: Float32Array.from({ length: 40 }, (_, i) => Math.sin(i)),
      },
      "linear.bias": { shape: [5], dtype: "F32", data: new Float32Array(5).fill(0.25) },
    }),
  },
  "halves-of-xlmr": {
    "config.json": { ...make.TINY_XLM_R, hidden_act: "gelu" },
    "tokenizer.json": make.UNIGRAM_JSON,
    "model-00001-of-00002.safetensors": writeSafetensors(first),
    "model-00002-of-00002.safetensors": writeSafetensors(second),
    "model.safetensors.index.json": {
      weight_map: Object.fromEntries([
        ...placed(first, "model-00001-of-00002.safetensors"),
        ...placed(second, "model-00002-of-00002.safetensors"),
      ]),
    },
  },
};

rmSync(folder, { recursive: true, force: true });
for (const [name, files] of Object.entries(FOLDERS)) {
  for (const [file, content] of Object.entries(files)) {
    const to = path.join(folder, name, file);
    mkdirSync(path.dirname(to), { recursive: true });
    const isText = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(to, isText ? content : JSON.stringify(content));
  }
  const out = path.join(folder, `${name}.json`);
  const args = ["--data", "cldr-emoji", "--langs", "de", "--backend", "wasm", "--out", out, "--quiet"];
  const { exit } = lab("eval", path.join(folder, name), ...args);
  if (exit !== 0) throw new Error(`${name}: exit ${exit}`);
  const { perQuery: _, ...record } = JSON.parse(readFileSync(out, "utf8"));
  writeFileSync(out, jsonLines(record, 2));
  console.log(name, record.environment.encoderSha256, record.digest);
}
