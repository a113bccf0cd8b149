"""Checks that folders written by exported.ts mean in Python what they mean in the lab.

python3 scripts/parity/exported.py DIR
The bag is computed with PyTorch alone, from a safetensors reader written here; all models are loaded with
sentence-transformers where it is installed, tokenising in Python. Exit 1 if a vector differs by more than 1e-5.
"""
import json
import os
import struct
import sys

import torch

TOLERANCE = 1e-5
DTYPES = {"F32": torch.float32, "F16": torch.float16}


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    assert length % 8 == 0, "the header is not aligned"
    header = json.loads(data[8 : 8 + length])
    assert header.pop("__metadata__") == {"format": "pt"}
    tensors = {}
    reached = 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        assert begin == reached, f"{name} does not follow the tensor before it"
        reached = end
        raw = bytearray(data[8 + length + begin : 8 + length + end])
        tensors[name] = torch.frombuffer(raw, dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])
    assert 8 + length + reached == len(data), "bytes are left over"
    return tensors


def static_embedding(folder, rows):
    """What StaticEmbedding and Normalize compute: the mean of the rows of embedding.weight, at unit length."""
    table = read_safetensors(os.path.join(folder, "model.safetensors"))["embedding.weight"].float()
    means = torch.stack([table[torch.tensor(row["ids"])].mean(0) for row in rows])
    return torch.nn.functional.normalize(means, dim=1)


def report(name, found, rows):
    expected = torch.tensor([row["vector"] for row in rows])
    worst = (found - expected).abs().max().item()
    print(f"{name}: {len(rows)} texts, largest difference {worst:.1e} (at most {TOLERANCE:.0e})")
    return worst <= TOLERANCE


def main(folder):
    good = True
    names = sorted(os.listdir(folder))
    expected = {}
    for name in names:
        with open(os.path.join(folder, name, "expected.json"), encoding="utf8") as file:
            expected[name] = json.load(file)
    good &= report("bag, PyTorch alone", static_embedding(os.path.join(folder, "bag"), expected["bag"]), expected["bag"])
    try:
        import sentence_transformers
    except ImportError:
        print("sentence-transformers is not installed: the folders were not opened with it")
        return good
    for name in names:
        model = sentence_transformers.SentenceTransformer(os.path.join(folder, name), device="cpu")
        texts = [row["text"] for row in expected[name]]
        found = model.encode(texts, prompt_name="query", convert_to_tensor=True)
        good &= report(f"{name}, sentence-transformers {sentence_transformers.__version__}", found, expected[name])
    return good


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1]) else 1)
