// Writes a checkpoint of Multilingual-MiniLM-L12-H384's shape with noise for weights: 12 layers, width 384, 250,037 rows.
// The tokenizer is the lab's, filled up with pieces no text spells to XLM-R's 250,002. Never holds a tensor whole.
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import path from "node:path";
import { createRandom } from "../../src/core/random.ts";

const CONFIG = {
  model_type: "bert",
  hidden_size: 384,
  num_hidden_layers: 12,
  num_attention_heads: 12,
  intermediate_size: 1536,
  vocab_size: 250_037,
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
  pad_token_id: 0,
  hidden_act: "gelu",
};
const TOKENIZER_PIECES = 250_002;

/** @returns bytes of model.safetensors */
export async function makeCheckpoint(dir: string, labTokenizer: string): Promise<number> {
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, "config.json"), JSON.stringify(CONFIG));
  writeFileSync(path.join(dir, "tokenizer.json"), fillTokenizer(readFileSync(labTokenizer, "utf8")));
  return writeWeights(path.join(dir, "model.safetensors"));
}

function fillTokenizer(json: string): string {
  const file = JSON.parse(json) as { model: { vocab: [string, number][] }; post_processor: object };
  const { vocab } = file.model;
  for (let id = vocab.length; id < TOKENIZER_PIECES; id++) vocab.push([`\u2581\uE000${id}`, -30]);
  const special = (id: string, at: number) => ({ id, ids: [at], tokens: [id] });
  file.post_processor = {
    type: "TemplateProcessing",
    single: [
      { SpecialToken: { id: "<s>", type_id: 0 } },
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "</s>", type_id: 0 } },
    ],
    pair: [],
    special_tokens: { "<s>": special("<s>", 0), "</s>": special("</s>", 2) },
  };
  return JSON.stringify(file);
}

async function writeWeights(file: string): Promise<number> {
  const { hidden_size: D, intermediate_size: F, vocab_size: V } = CONFIG;
  const shapes: [string, number[]][] = [
    ["embeddings.word_embeddings.weight", [V, D]],
    ["embeddings.position_embeddings.weight", [CONFIG.max_position_embeddings, D]],
    ["embeddings.token_type_embeddings.weight", [CONFIG.type_vocab_size, D]],
    ["embeddings.LayerNorm.weight", [D]],
    ["embeddings.LayerNorm.bias", [D]],
  ];
  const linear = (name: string, outputs: number, inputs: number) =>
    shapes.push([`${name}.weight`, [outputs, inputs]], [`${name}.bias`, [outputs]]);
  const norm = (name: string) => shapes.push([`${name}.weight`, [D]], [`${name}.bias`, [D]]);
  for (let i = 0; i < CONFIG.num_hidden_layers; i++) {
    const at = `encoder.layer.${i}`;
    for (const part of ["query", "key", "value"]) linear(`${at}.attention.self.${part}`, D, D);
    linear(`${at}.attention.output.dense`, D, D);
    norm(`${at}.attention.output.LayerNorm`);
    linear(`${at}.intermediate.dense`, F, D);
    linear(`${at}.output.dense`, D, F);
    norm(`${at}.output.LayerNorm`);
  }
  const sizeOf = (shape: number[]) => shape.reduce((a, b) => a * b, 1);
  let end = 0;
  const header = Object.fromEntries(
    shapes.map(([name, shape]) => {
      const begin = end;
      end += 4 * sizeOf(shape);
      return [name, { dtype: "F32", shape, data_offsets: [begin, end] }];
    }),
  );
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  const out = createWriteStream(file);
  out.write(length);
  out.write(json);
  // One block of noise over and over: drawing 118 million normal numbers would take minutes.
  const random = createRandom(1);
  const noise = Float32Array.from({ length: 2 ** 18 }, () => 0.02 * random.normal());
  for (const [name, shape] of shapes) {
    const block = name.endsWith("LayerNorm.weight") ? noise.map((x) => 1 + x) : noise;
    for (let left = sizeOf(shape); left > 0; left -= block.length) {
      const part = new Uint8Array(block.buffer, 0, 4 * Math.min(left, block.length));
      if (!out.write(part)) await once(out, "drain");
    }
  }
  await new Promise<void>((resolve) => out.end(resolve));
  return 8 + json.length + end;
}
