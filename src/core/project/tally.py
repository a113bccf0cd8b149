"""What a run tells as it goes on: its points, and how much it had of each kind and language. A checkpoint keeps it."""

from __future__ import annotations

import math
from typing import Any

import record
from batches import Batch
from plan.kinds import NAMES
from project import Corpus


class Tally:
    def __init__(self) -> None:
        self.step = 0
        self.points: record.Points = []
        self.realised: dict[str, float] = {}
        self.recent: dict[str, float] = {}  # of kinds since the last evaluation
        self.before: Any = None  # values of single questions before training

    def add_batch(self, batch: Batch, losses: list[float], train: Corpus) -> float:
        """@param losses of its rows @returns the mean over kinds"""
        if len(losses) != len(batch.rows) or not all(map(math.isfinite, losses)):
            raise SystemExit(f"training diverged at step {batch.step + 1}: try a lower learning rate")
        self.step = batch.step + 1
        means = []
        for kind in NAMES:
            own = [value for row, value in zip(batch.rows, losses) if row.kind == kind]
            if own:
                means.append(sum(own) / len(own))
                self.points.append({"step": self.step, "metric": f"loss/{kind}", "value": means[-1], "kind": kind})
        share = 1 / len(batch.rows)
        for row in batch.rows:
            langs = [train.queries[row.query].lang, *(train.passages[p].lang for p in row.passages)]
            kinds = [(self.recent, row.kind, share), (self.realised, row.kind, share)]
            for counts, key, by in [*kinds, *((self.realised, lang, 1) for lang in langs)]:
                counts[key] = counts.get(key, 0) + by
        return sum(means) / len(means)

    def add_evaluation(self, result: dict[str, Any], facts: dict[str, Any]) -> None:
        """After the shares of kinds in the batches since the one before."""
        whole = sum(self.recent.values())
        kinds = [] if self.step == 0 else facts["movedKinds"]
        shares = record.rounded({kind: self.recent.get(kind, 0) / whole if whole else 0 for kind in kinds})
        self.points += [{"step": self.step, "metric": f"ratio/{kind}", "value": of} for kind, of in shares.items()]
        self.points += record.eval_points(result, self.step, facts["metrics"], facts["languageMetrics"])
        self.recent = {}
