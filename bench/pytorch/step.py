"""The engine's training step in plain PyTorch: the baseline of `npm run bench -- --case step-wasm` and of `small-step`.

usage: step.py FOLDER [THREADS]. One thread unless said. FOLDER holds shape.json and, as raw little-endian arrays, the weights and batch it lists.
Then, for each line on stdin, runs one step and prints {"wallMs", "cpuMs", "loss"}. Writes nothing.
"""

import json
import math
import os
import sys
import time

threads = sys.argv[2] if len(sys.argv) > 2 else "1"
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = threads  # before torch loads its libraries

import numpy  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

torch.set_num_threads(int(threads))
folder = sys.argv[1]
with open(os.path.join(folder, "shape.json")) as file:
    given = json.load(file)
config, options = given["config"], given["options"]
B, T, D, heads = given["pairs"], config["maxTokens"], config["width"], config["heads"]


def read(name, kind):
    return torch.from_numpy(numpy.fromfile(os.path.join(folder, name), dtype=kind))


parameters = {
    name: torch.nn.Parameter(read(name, "<f4").reshape(shape)) for name, shape in given["tensors"].items()
}
ids = read("ids", "<i4").long().reshape(2 * B, T)
negatives = read("negatives", "|u1").bool().reshape(B, B)

# q, k and v as one product, as a careful author would have it.
for i in range(config["layers"]):
    for kind in ("weight", "bias"):
        at = f"encoder.layer.{i}.attention.self."
        parts = [parameters.pop(f"{at}{part}.{kind}") for part in ("query", "key", "value")]
        parameters[f"{at}qkv.{kind}"] = torch.nn.Parameter(torch.cat([p.detach() for p in parts]))


def norm(x, name):
    return F.layer_norm(x, (D,), parameters[f"{name}.weight"], parameters[f"{name}.bias"], 1e-12)


def dense(x, name):
    return F.linear(x, parameters[f"{name}.weight"], parameters[f"{name}.bias"])


def layer(x, at):
    q, k, v = dense(x, f"{at}.attention.self.qkv").view(2 * B, T, 3, heads, D // heads).permute(2, 0, 3, 1, 4)
    probs = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(D // heads), dim=-1)  # all texts are full: no mask
    joined = (probs @ v).transpose(1, 2).reshape(2 * B, T, D)
    middle = norm(dense(joined, f"{at}.attention.output.dense") + x, f"{at}.attention.output.LayerNorm")
    inner = F.gelu(dense(middle, f"{at}.intermediate.dense"))
    return norm(dense(inner, f"{at}.output.dense") + middle, f"{at}.output.LayerNorm")


def encode():
    x = F.embedding(ids, parameters["embeddings.word_embeddings.weight"])
    if config["layers"] > 0:
        x = norm(x + parameters["embeddings.position_embeddings.weight"], "embeddings.LayerNorm")
    for i in range(config["layers"]):
        x = layer(x, f"encoder.layer.{i}")
    weights = parameters["pooling.token_weights"][ids]
    return F.normalize((x * weights.unsqueeze(-1)).sum(1), dim=1)


decayed = [p for p in parameters.values() if p.dim() == 2]
others = [p for p in parameters.values() if p.dim() != 2]
optimizer = torch.optim.AdamW(
    [{"params": decayed, "weight_decay": options["weightDecay"]}, {"params": others, "weight_decay": 0.0}],
    lr=options["learningRate"],
    betas=(options["beta1"], options["beta2"]),
    eps=options["epsilon"],
    foreach=True,
)
allowed = negatives | torch.eye(B, dtype=torch.bool)
labels = torch.arange(B)


def step():
    optimizer.zero_grad(set_to_none=True)
    vectors = encode()
    scores = vectors[:B] @ vectors[B:].T / options["temperature"]
    loss = F.cross_entropy(scores.masked_fill(~allowed, -1e9), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


for _ in sys.stdin:
    wall, cpu = time.perf_counter(), time.process_time()
    loss = step()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"wallMs": wall * 1000, "cpuMs": cpu * 1000, "loss": loss}), flush=True)
