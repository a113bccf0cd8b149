import * as tf from "@tensorflow/tfjs-core";
import { startNodeBackend } from "./testing/nodeBackends.ts";
import { createModel } from "./training/model/model.ts";
import { inventBatch, inventWeights, STEP_OPTIONS, stepFlops, SMALL } from "../bench/stepShape.ts";
await startNodeBackend("wasm");
const big = process.argv[2] === "big";
const shape = big ? { ...SMALL, layers: 6, width: 384, feedForward: 1536, heads: 12, pairs: 16 } : SMALL;
const model = createModel(inventWeights(shape));
const batches = [1, 2, 3].map((s) => inventBatch(shape, s));
const n = big ? 4 : 12;
const a = tf.randomNormal([3072, 128]), b = tf.randomNormal([128, 512]);
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
const gf = () => { tf.tidy(() => tf.matMul(a, b)); const t = cpu(); for (let i = 0; i < 8; i++) tf.tidy(() => tf.matMul(a, b)); return (8 * 2 * 3072 * 128 * 512) / (cpu() - t) / 1e6; };
for (let i = 0; i < 3; i++) model.trainStep(batches[i]!, STEP_OPTIONS);
const times: number[] = []; let l = 0;
for (let i = 0; i < n; i++) { const t = cpu(); l = (await model.trainStep(batches[i % 3]!, STEP_OPTIONS).losses())[0]!; times.push(cpu() - t); }
times.sort((x, y) => x - y);
console.log(`median ${times[n >> 1]!.toFixed(0)} min ${times[0]!.toFixed(0)} ms; ${(stepFlops(shape) / times[n >> 1]! / 1e6).toFixed(1)} GFLOP/s; tf.matMul ${gf().toFixed(1)} GFLOP/s; loss ${l}`);
