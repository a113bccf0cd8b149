"""The first steps of a bag again, in PyTorch: are the lab's losses those of the same batches in float32?

    npm run lab -- distill --dump DIR
    python scripts/teacher/bagSteps.py DIR

Ends with one line of JSON: the number of steps, the largest difference of two losses, the losses, milliseconds a step.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch.nn.functional import cross_entropy, embedding_bag, normalize


def step(rows: torch.Tensor, moments: list[torch.Tensor], batch: dict, numbers: dict, rate: float, count: int) -> float:
    """One update of `rows` (V, D) in place, number `count` from 1. @returns the loss before it"""
    tokens, offsets = batch["tokens"].long(), batch["offsets"][:-1].long()
    targets = batch["targets"]
    used, places = torch.unique(tokens, return_inverse=True)
    own = rows[used].requires_grad_()
    vectors = normalize(embedding_bag(places, own, offsets, mode="mean"), dim=1)
    far = (1 - (vectors * targets).sum(1)).mean()
    scores = vectors @ targets.T / numbers["temperature"]
    alike = batch["concepts"][:, None] == batch["concepts"][None, :]
    scores = scores.masked_fill(alike.fill_diagonal_(False), -torch.inf)
    loss = far + numbers["contrast"] * cross_entropy(scores, torch.arange(len(targets)))
    (gradient,) = torch.autograd.grad(loss, own)
    # Adam on the batch's rows only, while the bias correction counts every step.
    beta1, beta2 = numbers["beta1"], numbers["beta2"]
    first = beta1 * moments[0][used] + (1 - beta1) * gradient
    second = beta2 * moments[1][used] + (1 - beta2) * gradient**2
    moments[0][used], moments[1][used] = first, second
    spread = (second / (1 - beta2**count)).sqrt() + numbers["epsilon"]
    rows[used] -= rate * (first / (1 - beta1**count)) / spread
    return float(loss)


def compare(folder: Path) -> dict[str, Any]:
    numbers = json.loads((folder / "steps.json").read_text(encoding="utf-8"))
    rows = load_file(folder / "start.safetensors")["rows"]
    moments = [torch.zeros_like(rows), torch.zeros_like(rows)]
    losses, milliseconds = [], []
    for i, rate in enumerate(numbers["rates"]):
        batch = load_file(folder / f"step-{i + 1}.safetensors")
        start = time.perf_counter()
        losses.append(step(rows, moments, batch, numbers, rate, i + 1))
        milliseconds.append(1000 * (time.perf_counter() - start))
    middle = lambda values: sorted(values)[len(values) // 2]  # noqa: E731
    return {
        "steps": len(losses),
        "difference": max(abs(a - b) for a, b in zip(losses, numbers["losses"], strict=True)),
        "losses": losses,
        "labMs": middle(numbers["milliseconds"]),
        "torchMs": middle(milliseconds),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="what --dump wrote")
    parser.add_argument("--threads", type=int, help="of PyTorch; left out: all processors")
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    try:
        print(json.dumps(compare(given.folder)))
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"{given.folder}: {error}")


if __name__ == "__main__":
    main()
