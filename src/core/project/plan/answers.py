"""In which languages a question is answered."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .kinds import KINDS
from .sets import draw_distinct, draw_set, fit_set, is_even, masked
from .streams import Random, total


def pair_shares(shares: Sequence[float]) -> tuple[Sequence[float], int | None]:
    """Weights of an answer's language that is not the question's, so that both sides have the shares; and who has over half."""
    first = max(shares)
    foremost = list(shares).index(first)
    if all(share in (0, first) for share in shares):
        return shares, None
    if first >= 0.5 - 1e-9:
        return shares, foremost

    def root(of: float, share: float) -> float:
        return math.sqrt(max(0, of * of - 4 * share))

    def small(of: float, share: float) -> float:
        return 2 * share / (of + root(of, share))

    def sum_of(of: float) -> float:
        return total([small(of, share) for share in shares])

    least = 2 * math.sqrt(first)
    is_large = sum_of(least) < least

    def excess(of: float) -> float:
        return sum_of(of) - 2 * small(of, first) if is_large else of - sum_of(of)

    low, high = least, 2 * least
    while excess(high) < 0:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        if excess(middle) < 0:
            low = middle
        else:
            high = middle
    largest = (high + root(high, first)) / 2 if is_large else small(high, first)
    return [largest if x == foremost else small(high, share) for x, share in enumerate(shares)], None


class AnswerLaw:
    """One passage's languages of a row, among those that hold its concept."""

    def __init__(self, among: Sequence[float], positives: int) -> None:
        self.among, self.positives = among, positives
        self.even = is_even(among)
        self.pairs: tuple[Sequence[float], int | None] | None = None
        self.fitted: list[float] | None = None

    def draw(self, kind: str, x: int, holders: Sequence[int], random: Random) -> list[int]:
        answers = KINDS[kind].answers
        if answers == "another":
            self.pairs = self.pairs or pair_shares(self.among)
            answer, foremost = self.pairs
            is_lone = foremost is not None and foremost != x and foremost in holders
            return [random.weighted(masked([foremost] if is_lone else [y for y in holders if y != x], answer))]
        if answers == "own":
            return [x]
        if self.even:
            return draw_distinct(masked(holders, self.among), self.positives, random)
        self.fitted = self.fitted or fit_set(self.among, self.positives)
        return draw_set(self.fitted, holders, self.positives, random)
