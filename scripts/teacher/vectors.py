"""Vectors of a teacher for the lists of texts that `npm run lab -- distill --list-texts DIR` writes.

    python scripts/teacher/vectors.py TEACHERFOLDER LISTDIR VECTORDIR [--bf16]

One file for each list, <key>.safetensors with a tensor "vectors" in halves: unit vectors in the order of the list. Lists
whose file is there are passed over, so a run that was killed goes on; several may work on one folder. --bf16 is about
twice as fast on a processor that has it, and its vectors agree with those of float32 to a cosine of .9999.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import sentence_transformers
import torch
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer


def read_list(file: Path) -> tuple[str, list[str], int]:
    """The list's key, its texts as the teacher reads them, and the tokens of one at most."""
    given = json.loads(file.read_text(encoding="utf-8"))
    texts = [given["prefix"] + text for text in given["texts"]]
    key = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    if key != file.stem:
        raise ValueError(f"{file}: its texts have the key {key}: the file was changed")
    return key, texts, given["maxTokens"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("teacher", help="a sentence-transformers folder")
    parser.add_argument("lists", type=Path, help="what --list-texts wrote")
    parser.add_argument("vectors", type=Path, help="where the lab looks for them; --list-texts prints it")
    parser.add_argument("--bf16", action="store_true", help="products in bfloat16")
    parser.add_argument("--batch", type=int, default=32, help="texts at a time")
    given = parser.parse_args()
    model = SentenceTransformer(given.teacher)
    longest = model.max_seq_length or sys.maxsize
    dtype = "bf16" if given.bf16 else "f32"
    made_by = f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}, {dtype}"
    given.vectors.mkdir(parents=True, exist_ok=True)
    for file in sorted(given.lists.glob("*.json")):
        out = given.vectors / f"{file.stem}.safetensors"
        if out.exists():
            continue
        key, texts, max_tokens = read_list(file)
        model.max_seq_length = min(longest, max_tokens)
        start = time.time()
        precise = nullcontext() if not given.bf16 else torch.autocast(model.device.type, dtype=torch.bfloat16)
        with torch.inference_mode(), precise:
            made = model.encode(texts, batch_size=given.batch, show_progress_bar=False, convert_to_tensor=True)
        vectors = torch.nn.functional.normalize(made.float(), dim=1).cpu().numpy()
        beside = out.with_suffix(f".{os.getpid()}.new")
        save_file({"vectors": vectors.astype(np.float16)}, str(beside), metadata={"made_by": made_by})
        os.replace(beside, out)
        print(f"{key[:16]} {len(texts)} texts, {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    try:
        main()
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"{error}")
