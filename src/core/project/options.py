"""What train.py is asked on the command line."""

from __future__ import annotations

import argparse
import math
from pathlib import Path


def count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def rate(text: str) -> float:
    value = float(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no learning rate above 0")
    return value


def options_of(about: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", metavar="CELL.SEED", nargs="?", help="of a study, one of runs.txt")
    parser.add_argument("--out", type=Path, help="run.json, model, trec; left out: out, and of a study only its record is kept, in runs")
    parser.add_argument("--encoder", help="a published model to train instead, such as FacebookAI/xlm-roberta-base")
    parser.add_argument("--lr", type=rate, help="its learning rate; left out: the experiment's")
    parser.add_argument("--negatives", choices=["all", "own"], default="all", help="passages of all ranks, as in the lab, or each its own")
    parser.add_argument("--optimizer", choices=["lab", "torch"], default="lab", help="lazy on piece vectors, as the lab, or torch's AdamW")
    parser.add_argument(
        "--precision", choices=["no", "bf16"], default="no", help="of activations; weights, moments and the loss stay float32"
    )
    parser.add_argument("--chunk", type=count, help="texts encoded at a time: less memory, the same gradient, a second forward")
    parser.add_argument(
        "--gradient-checkpointing",
        action="store_true",
        help="keeps no activations of layers: less memory, the same gradient, a second forward",
    )
    parser.add_argument("--steps", type=count, help="stops after so many, as if by hand")
    parser.add_argument("--checkpoint-every", type=count, default=100, help="steps; a run that was ended goes on from there")
    parser.add_argument("--print-rows", action="store_true", help="rows of each batch by rank")
    parser.add_argument("--cpu", action="store_true")
    return parser.parse_args()
