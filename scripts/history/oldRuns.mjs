// The runs that were made with old commits, as arguments of their `lab`. A data table; runs nothing.

const set = (...settings) => settings.flatMap((setting) => ["--set", setting]);

/** Three languages, one of them never trained on, and so few steps that a run takes seconds. */
const SMALL = set(
  "languages.train=de,en",
  "languages.heldOut=sw",
  "data.split=dev",
  "data.liveQueries=60",
  "batch.size=16",
  "encoder.maxTokens=16",
  "steps=8",
  "evalEvery=4",
);
const run = (preset, ...settings) => ["run", `preset:${preset}`, ...SMALL, ...set(...settings)];
const on = (backend, args) => [...args, "--backend", backend];

const RANDOM = ["encoder.id=random", "optimizer.learningRate=0.03"];
const bag = run("hybrid", ...RANDOM, "encoder.width=32");
const layers = run("hybrid", ...RANDOM, "encoder.width=32", "encoder.layers=2");
/** Every field of a plan that moves, and most of the others, away from its default. */
const moving = run(
  "hybrid",
  ...RANDOM,
  "encoder.width=16",
  "batch.ratio=mono:0.4,cross:0.2,multi:0.2,mixedMono:0.2",
  "batch.ratioEnd=mono:0,cross:0.5,multi:0.5,mixedMono:0",
);
const FIRST = {
  bag: on("wasm", bag),
  "bag-webgpu": on("webgpu", bag),
  layers: on("wasm", layers),
  "rows-linear": on("wasm", [
    ...moving,
    ...set("batch.unit=row", "batch.schedule=linear", "batch.positives=3", "languages.exponent=0.3"),
    ...set("languages.train=de:2,en:1,es:1,fr:1", "languages.perBatch=3", "optimizer.clipNorm=0.5", "seed=7"),
  ]),
  "batches-cosine": on("wasm", [
    ...moving,
    ...set("batch.schedule=cosine", "optimizer.schedule=cosine", "optimizer.weightDecay=0.1"),
    ...set("loss.temperature=0.1", "loss.weights=mono:1,cross:2,multi:0.5,mixedMono:1", "evalEvery=0"),
  ]),
  "rows-step": on("wasm", [
    ...moving,
    ...set("batch.unit=row", "batch.schedule=step", "encoder.layers=1", "encoder.pooling=cls"),
    ...set("encoder.tokenWeights=uniform", "encoder.prefixes=true", "encoder.frozen=embeddings"),
    ...set("optimizer.schedule=constant", "optimizer.warmup=2", "languages.eval=de,en,fr,sw"),
  ]),
  "one-language": on(
    "wasm",
    run("mono", ...RANDOM, "encoder.width=16", "languages.train=en", "languages.heldOut=none"),
  ),
  eval: ["eval", "random", "--data", "cldr-emoji", "--langs", "de,en", "--backend", "wasm"],
};
const mini = run("quickstart", "encoder.id=distilled-mini");
const teacher = (encoder, how, ...more) =>
  on("wasm", [...run("hybrid", `encoder.id=${encoder}`, `loss.distillation=${how}`), ...set(...more)]);
const TAUGHT = {
  ...FIRST,
  mini: on("wasm", mini),
  "teacher-scores": teacher("random", "scores", "encoder.width=32", "optimizer.learningRate=0.03"),
  "teacher-mse": teacher("distilled-weak", "mse", "loss.distillationWeight=1"),
};
const LAST = {
  ...TAUGHT,
  auto: mini,
  "layers-webgpu": on("webgpu", layers),
  "bag-cpu": on("cpu", [...bag, ...set("steps=2", "evalEvery=0")]),
  "teacher-cosine": teacher(
    "distilled-weak",
    "cosine",
    "loss.teacher=distilled-mini",
    "encoder.prefixes=true",
  ),
  "teacher-webgpu": [...teacher("random", "scores", "encoder.width=32"), "--backend", "webgpu"],
  "held-out": on("wasm", run("multi", "data.split=heldOut", "data.liveQueries=0", "steps=3", "evalEvery=0")),
};

/** Records that only a hand on the run makes: after which step it stops, whether products are fused. */
const BY_HAND = {
  stopped: { args: bag, backend: "wasm", stopAfter: 5 },
  "stopped-layers": { args: layers, backend: "wasm", stopAfter: 3 },
};
const UNFUSED = {
  "bag-unfused": { args: bag, backend: "wasm", fused: false },
  "layers-unfused": { args: layers, backend: "wasm", fused: false },
};

/** Commit -> what is run with it. */
export const OLD_RUNS = {
  "48af60d": { lab: FIRST, byHand: { stopped: BY_HAND.stopped } }, // before nDCG, teachers in runs, shipped encoders
  "8f5832e": { lab: TAUGHT, byHand: { stopped: BY_HAND.stopped } }, // the last to write links of version 1
  c9e9323: { lab: LAST, byHand: { ...BY_HAND, ...UNFUSED } }, // the last of 0.1
  "497d8ca": { lab: LAST, byHand: { ...BY_HAND, ...UNFUSED } }, // the last of 0.2
};

/** What people and chats do to links. Each says its version: without one a link is of the version that reads it. */
export const ODD_LINKS = [
  "https://example.org/lab/#v=2&preset=cross&steps=20",
  "v=1&preset=mono&wings=2&langs=en,sw:3&ratio=0.7,0.3,0,0",
  "v=1&preset=hybrid&lr=0.1&batch=1&seed=banana&expect=0123,wasm,1,1,1,1",
  "v=1&preset=nowhere&distil=mse&distilWeight=0.25&teacher=local:mine&%E0%A4%A",
  "v=2&preset=multi&positives=4&unit=row&schedule=step&ratioEnd=mono:1&heldOut=none&evalLangs=en,sw",
  "v=2&preset=hybrid&encoder=hf:owner/name&layers=2&width=64&pooling=cls&frozen=embeddings&backend=webgpu",
  "v=99&preset=hybrid&seed=3",
];
