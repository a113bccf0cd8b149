"""Tiny random BERT and XLM-R checkpoints and the vectors PyTorch gives for padded texts: the judge of the lab's encoder.

Written from the published descriptions (Devlin et al. 2019, Conneau et al. 2020, Reimers and Gurevych 2019), shares no
code with the lab. Run with a Python that has torch and numpy (Debian: python3-torch libopenblas0-pthread):

    /usr/bin/python3 scripts/parity/encoders.py > src/training/pretrained/parity.fixture.json
"""

import base64
import json
import math
import struct
import sys

import torch
from torch.nn import functional as F

TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def tensors_of(config, generator, dtype):
    """Weights under the names of Hugging Face's BertModel, rounded to `dtype`, with noise that makes each part matter."""
    width, inner = config["hidden_size"], config["intermediate_size"]
    tensors = {}

    def add(name, *shape, centre=0.0, scale=0.3):
        values = centre + scale * torch.randn(*shape, generator=generator)
        tensors[name] = values.to(TYPES[dtype])

    def norm(name):
        add(f"{name}.weight", width, centre=1.0)
        add(f"{name}.bias", width)

    def linear(name, outputs, inputs):
        add(f"{name}.weight", outputs, inputs)
        add(f"{name}.bias", outputs)

    add("embeddings.word_embeddings.weight", config["vocab_size"], width)
    add("embeddings.position_embeddings.weight", config["max_position_embeddings"], width)
    add("embeddings.token_type_embeddings.weight", config["type_vocab_size"], width)
    norm("embeddings.LayerNorm")
    for i in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{i}"
        for part in ("query", "key", "value"):
            linear(f"{at}.attention.self.{part}", width, width)
        linear(f"{at}.attention.output.dense", width, width)
        norm(f"{at}.attention.output.LayerNorm")
        linear(f"{at}.intermediate.dense", inner, width)
        linear(f"{at}.output.dense", width, inner)
        norm(f"{at}.output.LayerNorm")
    return tensors


def hidden_states(config, tensors, ids, mask):
    """(B, T, D) of padded ids (B, T); mask is 1 where there is a token."""
    get = lambda name: tensors[name].to(torch.float64)
    width, heads = config["hidden_size"], config["num_attention_heads"]
    batch, length = ids.shape

    def norm(x, name):
        mean = x.mean(-1, keepdim=True)
        variance = ((x - mean) ** 2).mean(-1, keepdim=True)
        unit = (x - mean) / torch.sqrt(variance + config["layer_norm_eps"])
        return unit * get(f"{name}.weight") + get(f"{name}.bias")

    def linear(x, name):
        return x @ get(f"{name}.weight").T + get(f"{name}.bias")

    if config["model_type"] == "xlm-roberta":
        # fairseq: padding keeps padding_idx, tokens count on from padding_idx + 1
        padding = config["pad_token_id"]
        positions = torch.cumsum(mask, 1) * mask + padding
    else:
        positions = torch.arange(length).expand(batch, length)
    x = get("embeddings.word_embeddings.weight")[ids]
    x = x + get("embeddings.position_embeddings.weight")[positions]
    x = x + get("embeddings.token_type_embeddings.weight")[torch.zeros_like(ids)]
    x = norm(x, "embeddings.LayerNorm")
    blocked = (1 - mask)[:, None, None, :].bool()
    for i in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{i}"
        split = lambda y: y.view(batch, length, heads, width // heads).transpose(1, 2)
        q, k, v = (split(linear(x, f"{at}.attention.self.{part}")) for part in ("query", "key", "value"))
        scores = (q @ k.transpose(-1, -2)) / math.sqrt(width // heads)
        weights = torch.softmax(scores.masked_fill(blocked, float("-inf")), -1)
        joined = (weights @ v).transpose(1, 2).reshape(batch, length, width)
        x = norm(linear(joined, f"{at}.attention.output.dense") + x, f"{at}.attention.output.LayerNorm")
        inner = F.gelu(linear(x, f"{at}.intermediate.dense"))  # exact: erf
        x = norm(linear(inner, f"{at}.output.dense") + x, f"{at}.output.LayerNorm")
    return x


def pool(x, mask, mode):
    if mode == "cls":
        return x[:, 0]
    spread = mask[:, :, None].to(x.dtype)
    if mode == "max":
        return x.masked_fill(spread == 0, -1e9).max(1).values
    return (x * spread).sum(1) / spread.sum(1)


def safetensors(tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        kind = next(key for key, value in TYPES.items() if value == tensor.dtype)
        raw = tensor.contiguous().view(torch.uint8 if kind == "U8" else torch.int16 if kind != "F32" else torch.int32)
        body = raw.numpy().tobytes()
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(body)]}
        data += body
    text = json.dumps(header).encode()
    return base64.b64encode(struct.pack("<Q", len(text)) + text + data).decode()


BERT = {
    "model_type": "bert",
    "vocab_size": 25,
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 24,
    "max_position_embeddings": 16,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "pad_token_id": 0,
    "hidden_act": "gelu",
}
XLM_R = {**BERT, "model_type": "xlm-roberta", "max_position_embeddings": 18, "type_vocab_size": 1}
XLM_R.update({"layer_norm_eps": 1e-5, "pad_token_id": 1})

# Of several lengths, so that a batch has padding; the longest fills every position.
TEXTS = [[0, 5, 9, 2], [0, 24, 2], [0, 7, 7, 7, 11, 12, 13, 2], [0, 2], [0, *range(5, 19), 2]]

CASES = [
    {"name": "BERT, mean, F32", "config": BERT, "pooling": "mean", "dtype": "F32"},
    {"name": "XLM-R, mean, F16", "config": XLM_R, "pooling": "mean", "dtype": "F16"},
    {"name": "BERT, cls and Dense with tanh (LaBSE), BF16", "config": BERT, "pooling": "cls", "dtype": "BF16", "dense": [16, "Tanh"]},
    {"name": "XLM-R, mean and a narrower Dense, F32", "config": XLM_R, "pooling": "mean", "dtype": "F32", "dense": [12, "Tanh"]},
    {"name": "XLM-R, max, F32", "config": XLM_R, "pooling": "max", "dtype": "F32"},
]


def main():
    cases = []
    for seed, case in enumerate(CASES):
        generator = torch.Generator().manual_seed(seed)
        config, padding = case["config"], case["config"]["pad_token_id"]
        tensors = tensors_of(config, generator, case["dtype"])
        longest = max(map(len, TEXTS))
        ids = torch.tensor([text + [padding] * (longest - len(text)) for text in TEXTS])
        mask = torch.tensor([[1] * len(text) + [0] * (longest - len(text)) for text in TEXTS])
        vectors = pool(hidden_states(config, tensors, ids, mask), mask, case["pooling"])
        made = {"name": case["name"], "config": config, "pooling": case["pooling"], "texts": TEXTS}
        if "dense" in case:
            outputs, activation = case["dense"]
            weight = 0.4 * torch.randn(outputs, config["hidden_size"], generator=generator)
            bias = 0.4 * torch.randn(outputs, generator=generator)
            vectors = torch.tanh(vectors @ weight.double().T + bias.double())
            made["dense"] = {
                "config": {
                    "in_features": config["hidden_size"],
                    "out_features": outputs,
                    "bias": True,
                    "activation_function": f"torch.nn.modules.activation.{activation}",
                },
                "safetensors": safetensors({"linear.weight": weight, "linear.bias": bias}),
            }
        made["safetensors"] = safetensors(tensors)
        made["vectors"] = [[round(v, 8) for v in row] for row in F.normalize(vectors, dim=1).tolist()]
        cases.append(made)
    json.dump({"madeBy": f"scripts/parity/encoders.py, torch {torch.__version__}", "cases": cases}, sys.stdout)
    sys.stdout.write("\n")


main()
