"""What this project was written with: the experiment, its data and its plan. Trains nothing."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batches import Batch, Stretch, batch_plan
from plan.mixes import decided, weights_at
from plan.rows import Row
from plan.table import pair_table


@dataclass(frozen=True)
class Text:
    id: str
    lang: str
    split: str
    dev: bool
    concepts: list[str]
    text: str


@dataclass(frozen=True)
class Corpus:
    queries: list[Text]
    passages: list[Text]


class Project:
    """@param run of a study, CELL.SEED; left out: the one run that a project is of"""

    def __init__(self, root: Path, run: str | None = None) -> None:
        self.root, self.run = root, run
        self.facts: dict[str, Any] = json.loads(self._experiment().read_text("utf-8"))
        self.spec: dict[str, Any] = self.facts["spec"]
        for name, right in self.facts["files"].items():
            file = root / name
            if not file.exists():
                raise SystemExit(f"{name} is missing; write the project with the lab: {self.facts['command']}")
            if hashlib.sha256(file.read_bytes()).hexdigest() != right:
                raise SystemExit(f"{name} is damaged or was altered; write the project again: {self.facts['command']}")
        self.train = self.corpus(self.facts["train"])
        self.test = self.train if self.facts["test"] == self.facts["train"] else self.corpus(self.facts["test"])
        self.concepts = [passage.concepts for passage in self.train.passages]
        self.stretches = [
            Stretch(
                one["spec"],
                one["from"],
                one["since"],
                pair_table(self.train.queries, self.train.passages, one["languages"], one["leavesDevOut"]),
            )
            for one in self.facts["stretches"]
        ]

    def _experiment(self) -> Path:
        runs = self.root / "runs.txt"
        known = runs.read_text("utf-8").split() if runs.exists() else []
        if (self.run in known) if known else (self.run is None):
            return self.root / ("experiment.json" if self.run is None else f"experiments/{self.run}.json")
        raise SystemExit(f"name a run of runs.txt, such as {known[0]}" if known else "this project is of one run; name none")

    def retell(self, encoder_id: str, learning_rate: float) -> None:
        """What is trained, where the command line says other than the experiment; the batches stay."""
        for form in (self.spec, self.facts["digestedSpec"]):
            form["encoder"]["id"] = encoder_id
            form["optimizer"]["learningRate"] = learning_rate

    def lines(self, name: str) -> Iterator[Any]:
        with gzip.open(self.root / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def corpus(self, name: str) -> Corpus:
        return Corpus(*([Text(*row) for row in self.lines(f"{name}.{side}.jsonl.gz")] for side in ("queries", "passages")))

    def evaluations(self) -> dict[str, Any]:
        """What is asked of which pool: `full` before and after, `live` meanwhile."""
        return {name: next(self.lines(f"{file}.json.gz")) for name, file in self.facts["evaluations"].items()}

    def plan(self) -> Iterator[Batch]:
        """The lab's batches: from their file where it was written, else drawn again."""
        if "plan" not in self.facts:
            yield from batch_plan(self.stretches, self.facts["trajectory"])
            return
        for step, kind, languages, rows in self.lines(f"{self.facts['plan']}.jsonl.gz"):
            drawn = [Row(k, self.train.queries[q].concepts[0], q, tuple(own)) for k, q, *own in rows]
            yield Batch(step, kind, languages, drawn)

    def weights(self, step: int) -> dict[str, float]:
        """Of the kinds, in the loss of a batch."""
        at = [one for one in self.stretches if one.start <= step][-1]
        return decided(self.facts["trajectory"], "weights", step, at.since) or weights_at(at.spec, step)
