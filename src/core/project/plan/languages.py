"""Which languages meet in a batch, and how they share its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .kinds import asks_in_one
from .sets import draw_distinct, draw_set, fit_set, is_even, masked, shares_within
from .streams import Random, total
from .table import Table


def language_shares(spec: dict[str, Any], table: Table) -> list[float]:
    weights, exponent = spec["languages"]["train"], spec["languages"]["exponent"]
    raw = [weights.get(lang, 0) * len(rows) ** exponent for lang, rows in zip(table.languages, table.queries)]
    whole = total(raw)
    return [q / whole for q in raw]


class LanguageDraw:
    """The languages that a batch may use, and how they share its rows."""

    def __init__(self, spec: dict[str, Any], share: list[float]) -> None:
        per_batch = spec["languages"]["perBatch"]
        self.share = share
        self.size = min(per_batch, len(share)) if per_batch else len(share)
        self.in_turn = spec["batch"]["law"] == "blind" or is_even(share)
        self.chances = [] if self.in_turn or self.size == len(share) else fit_set(share, self.size)

    def __call__(self, kind: str | None, mono: int, random: Random) -> tuple[list[int], Sequence[float]]:
        if asks_in_one(kind):
            return [mono], masked([mono], self.share)
        if self.in_turn:
            allowed = draw_distinct(self.share, self.size, random, mono)
            return allowed, masked(allowed, self.share)
        if self.size == len(self.share):
            return list(range(len(self.share))), self.share
        others = [lang for lang in range(len(self.share)) if lang != mono]
        allowed = sorted([mono, *draw_set(self.chances, others, self.size - 1, random)])
        return allowed, shares_within(allowed, self.share, self.chances)
