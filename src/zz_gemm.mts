import * as tf from "@tensorflow/tfjs-core";
import fs from "node:fs";
import { startNodeBackend } from "./testing/nodeBackends.ts";
await startNodeBackend("wasm");
const be: any = tf.backend();
const memory = be.wasm.asm.memory;
const { instance } = (await WebAssembly.instantiate(Buffer.from((await import("./training/engine/simdBytes.ts")).SIMD_BYTES, "base64"), { env: { memory, abort() { throw new Error("abort"); } } })) as any;
const x: any = instance.exports;
const ptr = (t: tf.Tensor) => be.getMemoryOffset(t.dataId);
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
const scratch = be.wasm._malloc(8 << 20);
for (const [n, k, m, ta, tb] of [[3072, 128, 512, 0, 1], [3072, 512, 128, 0, 1], [3072, 512, 128, 0, 0], [512, 3072, 128, 1, 0], [384, 3072, 128, 1, 0], [770, 384, 1536, 0, 1], [1536, 768, 384, 1, 0], [13, 300, 19, 1, 1]] as const) {
  const a = tf.randomNormal(ta ? [k, n] : [n, k]), b = tf.randomNormal(tb ? [m, k] : [k, m]);
  const want = tf.matMul(a, b, !!ta, !!tb), c = tf.zeros([n, m]);
  const run = () => x.matmul(ptr(c), ptr(a), ta ? 1 : k, ta ? n : 1, ptr(b), tb ? 1 : m, tb ? k : 1, n, k, m, scratch);
  run();
  const err = tf.max(tf.abs(tf.sub(c, want))).dataSync()[0];
  const A = tf.randomNormal([n, k]), B = tf.randomNormal([k, m]);
  const time = (f: () => void) => { for (let i = 0; i < 3; i++) f(); const t = cpu(); const R = 12; for (let i = 0; i < R; i++) f(); return ((2 * n * k * m * R) / (cpu() - t) / 1e6).toFixed(1); };
  console.log([n, k, m, ta, tb].join(), "err", err, "own", time(run), "own", time(run), "tf", time(() => tf.matMul(A, B).dispose()));
}
