"""What `npm run lab -- distill --prepare DIR` wrote, as a trainer reads it: texts in pieces, batches, targets."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

BLOCK = 64  # batches of like lengths that are drawn at once


@dataclass(frozen=True)
class Texts:
    tokens: list[np.ndarray]  # pieces of each, at least one, without a frame
    draw: np.ndarray  # the recipe's, of its language
    kind: np.ndarray  # of str: "query", "passage"
    lang: np.ndarray  # of str
    concept: np.ndarray  # of int: one for each concept of each set
    place: list[tuple[str, int]]  # its list of vectors, and its row there


def read_texts(folder: Path, recipe: dict, longest: int) -> tuple[Texts, tuple[int, int, int]]:
    """The training texts that the student knows a piece of, at most `longest` each; and its frame: first, last, padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    first, last = tokenizer.encode("").ids
    padding = tokenizer.token_to_id("<pad>") or 0
    unknown = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["unk_id"]
    bare = {unknown, *tokenizer.get_added_tokens_decoder()}
    draws = {lang: tier["draw"] for tier in recipe["languages"] for lang in tier["languages"]}
    with (folder / "texts.jsonl").open(encoding="utf-8") as file:
        lines = [line for line in map(json.loads, file) if "row" in line]
    encoded = tokenizer.encode_batch_fast([line["text"] for line in lines], add_special_tokens=False)
    tokens = [np.array([i for i in e.ids if i not in bare][:longest], np.int64) for e in encoded]
    kept = [i for i, own in enumerate(tokens) if len(own) > 0]
    numbers: dict[tuple[str, str], int] = {}
    concepts = [numbers.setdefault((lines[i]["set"], lines[i]["concept"]), len(numbers)) for i in kept]
    texts = Texts(
        tokens=[tokens[i] for i in kept],
        draw=np.array([draws[lines[i]["lang"]] for i in kept], float),
        kind=np.array([lines[i]["kind"] for i in kept]),
        lang=np.array([lines[i]["lang"] for i in kept]),
        concept=np.array(concepts),
        place=[(lines[i]["key"], lines[i]["row"]) for i in kept],
    )
    return texts, (first, last, padding)


def batches(texts: Texts, size: int, seed: int, first: int) -> Iterator[np.ndarray]:
    """Batches from number `first` on: texts by their draw, those of one batch of about one length."""
    share = texts.draw / texts.draw.sum()
    lengths = np.array([len(own) for own in texts.tokens])
    for block in range(first // BLOCK, sys.maxsize):
        random = np.random.default_rng([seed, block])
        drawn = random.choice(len(share), BLOCK * size, p=share)
        drawn = drawn[np.argsort(lengths[drawn] + random.normal(0, 2, len(drawn)))]
        order = random.permutation(BLOCK)
        for i in order[first % BLOCK if block == first // BLOCK else 0 :]:
            yield drawn[i * size : (i + 1) * size]


def read_targets(texts: Texts, recipe: dict, folder: Path) -> Callable[[np.ndarray], np.ndarray]:
    """Texts to their targets, as training/vectorBag/targets.ts defines them."""
    files: dict[str, np.ndarray] = {}
    for key, _ in texts.place:
        if key not in files:
            files[key] = load_file(folder / f"{key}.safetensors")["vectors"]
    own = np.stack([files[key][row] for key, row in texts.place]).astype(np.float32)
    centre, pivot = recipe["targets"]["centre"], recipe["targets"]["pivot"]
    groups = np.char.add(np.char.add(texts.lang, " "), texts.kind) if centre == "language" else np.zeros(len(own))
    for group in [] if centre == "nothing" else np.unique(groups):
        own[groups == group] -= own[groups == group].astype(np.float64).mean(0).astype(np.float32)
    own = unit(own)
    pivots = {texts.concept[i]: i for i in np.nonzero(texts.lang == pivot)[0]} if pivot else {}
    there = np.array([pivots.get(concept, -1) for concept in texts.concept])

    with_pivot = unit(own + np.where((there >= 0)[:, None], own[there], 0))
    together = recipe["targets"].get("together", 0)
    if together == 0:
        return lambda batch: with_pivot[batch]
    _, concept = np.unique(texts.concept, return_inverse=True)
    sums = np.zeros((concept.max() + 1, own.shape[1]), np.float32)
    np.add.at(sums, concept, with_pivot)
    met = unit(sums)
    return lambda batch: unit(with_pivot[batch] + together * met[concept[batch]])


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
