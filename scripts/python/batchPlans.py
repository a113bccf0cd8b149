# The batches of invented plans, drawn by the exported project's own sampler.
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

question = json.load(sys.stdin)
sys.path.insert(0, str(Path(__file__).parents[2] / "src" / "core" / "project"))
from batches import Stretch, batch_plan  # noqa: E402
from plan.kinds import NAMES  # noqa: E402
from plan.mixes import decided, weights_at  # noqa: E402
from plan.table import pair_table  # noqa: E402


@dataclass
class Told:
    lang: str
    split: str
    dev: bool
    concepts: list[str]


def sides(corpus):
    return [[Told(*row) for row in corpus[side]] for side in ("queries", "passages")]


def short(text):
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def drawn(case):
    queries, passages = sides(question["corpora"][case["corpus"]])
    stretches = [
        Stretch(
            one["spec"],
            one["from"],
            one["since"],
            pair_table(queries, passages, one["languages"], one["leavesDevOut"]),
        )
        for one in case["stretches"]
    ]
    found, weights = [], []
    try:
        for batch in batch_plan(stretches, case["trajectory"]):
            rows = [[row.kind, row.query, *row.passages] for row in batch.rows]
            found.append(short(json.dumps([batch.step, batch.kind, batch.languages, rows], separators=(",", ":"))))
            at = [one for one in stretches if one.start <= batch.step][-1]
            own = decided(case["trajectory"], "weights", batch.step, at.since)
            own = own or weights_at(at.spec, batch.step)
            weights.append([own[kind] for kind in NAMES])
    except ValueError:
        found.append("cannot be filled")
    return {"found": found, "weights": weights}


print(json.dumps([drawn(case) for case in question["cases"]]))
