"""A student of a few of the teacher's layers on some of its pieces, trained in PyTorch.

    npm run lab -- distill --config distilled-small-raw --prepare PREPARED
    python scripts/teacher/layers.py PREPARED TEACHERFOLDER OUT [--vectors VECTORDIR] [--begin FOLDER] [--bf16]

Towards "states": the student's last state of each piece should be the teacher's, which reads the same pieces behind its
prefix, and so should their mean; the teacher runs beside. Towards "targets": the vector of a text should point where the
recipe's targets do (as training/vectorBag/targets.ts), and the teacher's vectors are read from VECTORDIR. OUT becomes a
folder of BERT weights in F32, with a matrix behind the mean where the recipe has a finish; a run that was killed goes on from
OUT/state.pt to the same batches.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from bertLayers import Bert, read_config, read_tensors
from safetensors.torch import save_file
from studentTexts import Texts, batches, read_targets, read_texts
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

IDENTITY = "torch.nn.modules.linear.Identity"
POSITIONS = 128  # that the student has at most, its frame included
SAVE_EVERY = 100  # steps
TOLD_EVERY = 25
KEPT_EVERY = 100  # told lines that the card shows
MOST = 6  # texts of a concept by which vectors are turned
LEAST = 1e-6  # directions with less than this share of the strongest one's square are not made stronger than it says

Frame = tuple[int, int, int]  # first, last, padding


def framed(rows: list[np.ndarray], before: list[list[int]], frame: Frame) -> tuple[Tensor, Tensor]:
    """(B, T) ids and their mask: first, what stands before, the text's pieces, last, padding."""
    first, last, padding = frame
    whole = [np.array([first, *front, *row, last]) for front, row in zip(before, rows, strict=True)]
    ids = np.full((len(rows), max(map(len, whole))), padding)
    for i, row in enumerate(whole):
        ids[i, : len(row)] = row
    return torch.from_numpy(ids), torch.arange(ids.shape[1])[None] < torch.tensor([[len(row)] for row in whole])


def mean_of(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask[:, :, None].float()
    return (states * weights).sum(1) / weights.sum(1)


class Teacher:
    """The whole teacher on the student's pieces, with the pieces of its prefixes behind them."""

    def __init__(self, folder: Path, config: dict, pieces: list[int]) -> None:
        prompts = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))["prompts"]
        full = Tokenizer.from_file(str(folder / "tokenizer.json"))
        spell = lambda kind: full.encode(prompts.get(kind, "").strip(), add_special_tokens=False).ids  # noqa: E731
        spelt = {kind: spell(kind) for kind in ("query", "passage")}
        extra = sorted({piece for ids in spelt.values() for piece in ids})
        self.before = {kind: [len(pieces) + extra.index(piece) for piece in ids] for kind, ids in spelt.items()}
        count = config["num_hidden_layers"]
        self.net = Bert(config, count, len(pieces) + len(extra), config["max_position_embeddings"])
        self.net.fill(read_tensors(folder), list(range(count)), torch.tensor(pieces + extra))
        self.net.eval()
        self.usual: list[Tensor | None] = [None, None]  # running means of its states and of its vectors

    def mean(self, which: int, rows: Tensor) -> Tensor:
        old, now = self.usual[which], rows.mean(0)
        self.usual[which] = now = now if old is None else 0.95 * old + 0.05 * now
        return now


@dataclass(frozen=True)
class Given:
    """What a loss needs beside the texts."""

    frame: Frame
    weight: float
    temperature: float
    alike: Tensor  # (B, B) of another text of the same concept: no negative

    def contrast(self, scores: Tensor) -> Tensor:
        scores = (scores / self.temperature).masked_fill(self.alike, -1e4)
        return self.weight * cross_entropy(scores, torch.arange(len(scores)))


def states_loss(student: Bert, teacher: Teacher, rows: list, kinds: np.ndarray, given: Given) -> Tensor:
    """Squared distance of states and of their means, each as a share of the teacher's own spread, and InfoNCE."""
    ids, mask = framed(rows, [[]] * len(rows), given.frame)
    states = student(ids, mask)
    before = [teacher.before[kind] for kind in kinds]
    with torch.no_grad():
        their_ids, their_mask = framed(rows, before, given.frame)
        theirs = teacher.net(their_ids, their_mask)
    # The frame is left out; a piece stands as many places later as its text's prefix has pieces.
    places = torch.arange(1, ids.shape[1] - 1)[None]
    there = places < mask.sum(1, keepdim=True) - 1
    row, place = there.nonzero(as_tuple=True)
    fronts = torch.tensor([len(front) for front in before])
    own, wanted = states[row, place + 1], theirs[row, place + 1 + fronts[row]]
    vectors, goals = mean_of(states, mask), mean_of(theirs, their_mask)
    usual, usual_vector = teacher.mean(0, wanted), teacher.mean(1, goals)
    apart = normalize(vectors - usual_vector, dim=1) @ normalize(goals - usual_vector, dim=1).T
    return far(own, wanted, usual) + far(vectors, goals, usual_vector) + given.contrast(apart)


def far(own: Tensor, wanted: Tensor, usual: Tensor) -> Tensor:
    return ((own - wanted) ** 2).sum(1).mean() / ((wanted - usual) ** 2).sum(1).mean()


def targets_loss(student: Bert, targets: Tensor, rows: list, given: Given) -> Tensor:
    """1 - cosine with the target, and InfoNCE against the batch's targets."""
    ids, mask = framed(rows, [[]] * len(rows), given.frame)
    vectors = normalize(mean_of(student(ids, mask), mask), dim=1)
    return (1 - (vectors * targets).sum(1)).mean() + given.contrast(vectors @ targets.T)


def optimiser(student: Bert, recipe: dict) -> torch.optim.AdamW:
    """Matrices decay; tables, biases and norms do not."""
    named = list(student.named_parameters())
    decays = [p for name, p in named if p.dim() == 2 and name.startswith("layers.")]
    others = [p for name, p in named if not (p.dim() == 2 and name.startswith("layers."))]
    groups = [{"params": decays, "weight_decay": recipe["weightDecay"]}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=recipe["learningRate"], betas=(0.9, 0.98))


def open_student(given: argparse.Namespace, recipe: dict, config: dict, pieces: list[int]) -> Bert:
    kept, begin = recipe["layers"]["kept"], recipe["layers"]["begin"]
    student = Bert(config, len(kept), len(pieces), min(POSITIONS, config["max_position_embeddings"]))
    if begin is None:
        student.fill(read_tensors(given.teacher), kept, torch.tensor(pieces))
    elif given.begin is None:
        raise ValueError(f"{recipe['name']} begins with {begin}: name its folder with --begin")
    else:
        student.fill(read_tensors(given.begin), list(range(len(kept))), torch.arange(len(pieces)))
    return student


def train(given: argparse.Namespace) -> None:
    read = lambda file: json.loads(file.read_text(encoding="utf-8"))  # noqa: E731
    recipe, pieces = read(given.prepared / "recipe.json"), read(given.prepared / "pieces.json")
    config, layers = read_config(given.teacher), recipe["layers"]
    if layers is None:
        raise ValueError(f"{given.prepared}: {recipe['name']} has no layers")
    student = open_student(given, recipe, config, pieces)
    adam = optimiser(student, layers)
    texts, frame = read_texts(given.prepared, recipe, layers["maxTokens"] - 2)
    teacher = Teacher(given.teacher, config, pieces) if layers["towards"] == "states" else None
    size, steps = layers["batchSize"], -(-layers["texts"] // layers["batchSize"])
    targets = None if teacher or steps == 0 else read_targets(texts, recipe, given.vectors)
    identity = hashlib.sha256(json.dumps(recipe).encode() + (given.prepared / "texts.jsonl").read_bytes()).hexdigest()
    given.out.mkdir(parents=True, exist_ok=True)
    states, first, log = given.out / "state.pt", 0, []
    if states.exists():
        kept = torch.load(states, weights_only=True)
        if kept["identity"] != identity:
            raise ValueError(f"{states} is of another recipe or other texts: remove it or name another folder")
        student.load_state_dict(kept["student"])
        adam.load_state_dict(kept["adam"])
        first, log = kept["step"], kept["log"]
        if teacher:
            teacher.usual = kept["usual"]
    print(f"{len(texts.tokens)} texts, {steps} steps of {size}, from step {first}", flush=True)
    started, losses = time.time(), []
    drawn = batches(texts, size, recipe["seed"], first)
    for step in range(first + 1, steps + 1):
        batch = next(drawn)
        rows, concepts = [texts.tokens[i] for i in batch], torch.from_numpy(texts.concept[batch])
        alike = (concepts[:, None] == concepts[None, :]).fill_diagonal_(False)
        beside = Given(frame, layers["contrast"], layers["temperature"], alike)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=given.bf16):
            if teacher:
                loss = states_loss(student, teacher, rows, texts.kind[batch], beside)
            else:
                loss = targets_loss(student, torch.from_numpy(targets(batch)), rows, beside)
        for group in adam.param_groups:
            group["lr"] = layers["learningRate"] * min(1, step / layers["warmUp"]) * (1 - (step - 1) / steps)
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        adam.step()
        losses.append(float(loss.detach()))
        if not np.isfinite(losses[-1]):
            raise ValueError(f"the loss of step {step} is no number: lower the rate")
        if step % TOLD_EVERY == 0 or step == steps:
            told = f"step {step}: loss {np.mean(losses[-TOLD_EVERY:]):.4f}"
            print(f"{told}, {time.time() - started:.0f} s", flush=True)
            if step % KEPT_EVERY == 0 or step == steps:
                log.append(told)
        if step % SAVE_EVERY == 0:
            state = {"identity": identity, "step": step, "log": log, "usual": teacher.usual if teacher else None}
            torch.save(state | {"student": student.state_dict(), "adam": adam.state_dict()}, f"{states}.new")
            os.replace(f"{states}.new", states)
    turn = None
    if layers["finish"]:
        turn, told = finish(student, texts, frame, recipe)
        print(told, flush=True)
        log.append(told)
    write_folder(given, student, config, log)
    if turn is not None:
        write_turn(given.out, turn)


@torch.no_grad()
def finish(student: Bert, texts: Texts, frame: Frame, recipe: dict) -> tuple[Tensor, str]:
    """(D, D) what the recipe's finish puts behind the mean, and a line on it."""
    layers = recipe["layers"]
    chosen = translations(texts, layers["finish"]["texts"], recipe["seed"])
    chosen = chosen[np.argsort([len(texts.tokens[i]) for i in chosen], kind="stable")]
    vectors = []
    for first in range(0, len(chosen), layers["batchSize"]):
        some = chosen[first : first + layers["batchSize"]]
        ids, mask = framed([texts.tokens[i] for i in some], [[]] * len(some), frame)
        vectors.append(normalize(mean_of(student(ids, mask), mask), dim=1))
    concepts, concept = np.unique(texts.concept[chosen], return_inverse=True)
    turn, before, after = evening(apart(torch.cat(vectors), torch.from_numpy(concept)), layers["finish"]["spread"])
    return turn, (
        f"turned by {len(chosen)} texts of {len(concepts)} concepts: of what sets translations apart, "
        f"the strongest direction said {before:.4f}, and {after:.4f} behind the turn"
    )


def translations(texts: Texts, wanted: int, seed: int) -> np.ndarray:
    """At least `wanted` texts, or all: concepts in any order, of each that has several up to six of its texts, by their draw."""
    random = np.random.default_rng(seed)
    drawn = np.nonzero(texts.draw)[0]
    drawn = drawn[np.argsort(texts.concept[drawn], kind="stable")]
    groups = np.split(drawn, np.nonzero(np.diff(texts.concept[drawn]))[0] + 1)
    groups = [group for group in groups if len(group) > 1]
    if not groups:
        raise ValueError("no concept has texts in two of the recipe's languages: a finish needs translations")
    chosen: list[int] = []
    for at in random.permutation(len(groups)):
        group = groups[at]
        share = texts.draw[group] / texts.draw[group].sum()
        chosen += random.choice(group, min(MOST, len(group)), replace=False, p=share).tolist()
        if len(chosen) >= wanted:
            break
    return np.array(chosen)


def apart(vectors: Tensor, concept: Tensor) -> Tensor:
    """(N, D) vectors less the mean of their concept."""
    sums = torch.zeros(int(concept.max()) + 1, vectors.shape[1], dtype=torch.float64)
    means = sums.index_add(0, concept, vectors.double()) / torch.bincount(concept)[:, None]
    return vectors.double() - means[concept]


def evening(rows: Tensor, spread: float) -> tuple[Tensor, float, float]:
    """(D, D) Q diag(w ^ (-spread / 2)) Q' where E'E = Q diag(w) Q', largest w = 1, as training/vectorBag/spreadRows.ts; and
    what share of the rows' squares their strongest direction has before and after."""
    strengths, directions = torch.linalg.eigh(rows.double().T @ rows.double())
    gains = (strengths / strengths.max()).clamp_min(LEAST) ** (-spread / 2)
    first = lambda w: float(w.max() / w.sum())  # noqa: E731
    return ((directions * gains) @ directions.T).float(), first(strengths), first(strengths * gains**2)


def write_turn(out: Path, turn: Tensor) -> None:
    """As sentence-transformers has it: the mean of the states, a Dense of no bias, unit length."""
    width = len(turn)
    chain = {"Transformer": "", "Pooling": "1_Pooling", "Dense": "2_Dense", "Normalize": "3_Normalize"}
    listed = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (kind, path) in enumerate(chain.items())
    ]
    dense = {"in_features": width, "out_features": width, "bias": False, "activation_function": IDENTITY}
    write = lambda path, value: path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")  # noqa: E731
    for folder in ("1_Pooling", "2_Dense"):
        (out / folder).mkdir(exist_ok=True)
    write(out / "modules.json", listed)
    write(out / "1_Pooling" / "config.json", {"word_embedding_dimension": width, "pooling_mode_mean_tokens": True})
    write(out / "2_Dense" / "config.json", dense)
    save_file({"linear.weight": turn}, out / "2_Dense" / "model.safetensors", metadata={"format": "pt"})


def write_folder(given: argparse.Namespace, student: Bert, config: dict, log: list[str]) -> None:
    """config.json, model.safetensors, tokenizer.json; training.json, for the card."""
    shape = {
        "num_hidden_layers": len(student.layers),
        "vocab_size": len(student.pieces.weight),
        "max_position_embeddings": len(student.places.weight),
        "type_vocab_size": 1,
        "dtype": "float32",
    }
    dropped = ("_name_or_path", "torch_dtype", "transformers_version")
    config = {name: value for name, value in config.items() if name not in dropped} | shape
    (given.out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    (given.out / "tokenizer.json").write_bytes((given.prepared / "tokenizer.json").read_bytes())
    precise = "bf16" if given.bf16 else "f32"
    made = {
        "recipe": json.loads((given.prepared / "recipe.json").read_text(encoding="utf-8")),
        "madeBy": [f"torch {torch.__version__}, {precise}, threads: {torch.get_num_threads()}"],
        "log": log,
    }
    (given.out / "training.json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    save_file(student.tensors(), given.out / "model.safetensors", metadata={"format": "pt"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("prepared", type=Path, help="what --prepare wrote")
    parser.add_argument("teacher", type=Path, help="a sentence-transformers folder of a BERT")
    parser.add_argument("out", type=Path, help="where the student goes; what is there goes on")
    parser.add_argument("--vectors", type=Path, help="of the teacher, where targets are learned")
    parser.add_argument("--begin", type=Path, help="the trained student that the recipe begins with")
    parser.add_argument("--bf16", action="store_true", help="products in bfloat16")
    parser.add_argument("--threads", type=int, help="of PyTorch; left out: all processors")
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    try:
        train(given)
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
