"""What train.py is asked on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path


def options_of(about: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", metavar="CELL.SEED", nargs="?", help="of a study, one of runs.txt")
    parser.add_argument("--out", type=Path, help="run.json, model, trec; left out: out, and of a study only its record is kept, in runs")
    parser.add_argument("--encoder", help="a published model to train instead, such as FacebookAI/xlm-roberta-base")
    parser.add_argument("--lr", type=float, help="its learning rate; left out: the experiment's")
    parser.add_argument("--negatives", choices=["all", "own"], default="all", help="passages of all ranks, as in the lab, or each its own")
    parser.add_argument("--optimizer", choices=["lab", "torch"], default="lab", help="lazy on piece vectors, as the lab, or torch's AdamW")
    parser.add_argument("--precision", choices=["no", "bf16"], default="no")
    parser.add_argument("--chunk", type=int, default=0, help="texts encoded at a time: less memory, the same gradient, a second forward")
    parser.add_argument("--gradient-checkpointing", action="store_true")
    parser.add_argument("--steps", type=int, help="stops after so many, as if by hand")
    parser.add_argument("--checkpoint-every", type=int, default=100, help="steps; a run that was ended goes on from there")
    parser.add_argument("--print-rows", action="store_true", help="rows of each batch by rank")
    parser.add_argument("--cpu", action="store_true")
    return parser.parse_args()
