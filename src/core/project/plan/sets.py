"""Sets of languages, drawn so that each language is in as often as its share asks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .streams import Random, total


def is_even(shares: Sequence[float]) -> bool:
    positive = [share for share in shares if share > 0]
    return all(share == positive[0] for share in positive)


def masked(chosen: Sequence[int], weights: Sequence[float]) -> list[float]:
    kept = set(chosen)
    return [weight if i in kept else 0 for i, weight in enumerate(weights)]


def draw_distinct(share: Sequence[float], n: int, random: Random, first: int | None = None) -> list[int]:
    left = list(share)
    drawn: list[int] = []
    if first is not None:
        drawn.append(first)
        left[first] = 0
    while len(drawn) < n and any(q > 0 for q in left):
        lang = random.weighted(left)
        drawn.append(lang)
        left[lang] = 0
    return sorted(drawn)


def counts_from(p: Sequence[float], most: int) -> list[list[float]]:
    """[i][r]: the probability that r of p[i..] are in, each by itself."""
    counts = [[1.0] + [0.0] * most]
    for chance in reversed(p):
        after = counts[-1]
        counts.append([(1 - chance) * none + (chance * after[r - 1] if r > 0 else 0) for r, none in enumerate(after)])
    return counts[::-1]


def inclusion_of(p: Sequence[float], size: int) -> list[float]:
    before, after = counts_from(p[::-1], size), counts_from(p, size)
    result = []
    for i, chance in enumerate(p):
        others = total([before[len(p) - i][r] * after[i + 1][size - 1 - r] for r in range(size)])
        result.append(chance * others / after[0][size])
    return result


def inclusion(shares: Sequence[float], n: int) -> tuple[set[int], list[float], int]:
    certain: set[int] = set()
    while True:
        rest = total([0 if i in certain else share for i, share in enumerate(shares)])
        size = n - len(certain)
        wanted = [1 if i in certain else size * share / rest if rest > 0 else 0 for i, share in enumerate(shares)]
        more = next((i for i, pi in enumerate(wanted) if i not in certain and pi >= 1 - 1e-12), None)
        if more is None or size <= 0:
            return certain, wanted, size
        certain.add(more)


def fit_set(shares: Sequence[float], n: int) -> list[float]:
    """Chances of the maximum-entropy design of fixed size n: sets of `draw_set` hold each with probability n * share."""
    certain, wanted, size = inclusion(shares, n)
    open_ = [i for i, pi in enumerate(wanted) if pi > 0 and i not in certain]
    pi = [wanted[i] for i in open_]
    p = list(pi)
    for _ in range(1000):
        got = inclusion_of(p, size)
        if all(abs(chance - pi[i]) < 1e-10 for i, chance in enumerate(got)):
            break
        odds = [chance / (1 - chance) * math.sqrt(pi[i] * (1 - got[i]) / (got[i] * (1 - pi[i]))) for i, chance in enumerate(p)]
        p = [odd / (1 + odd) for odd in odds]
    chances = [1.0 if i in certain else 0.0 for i in range(len(shares))]
    for lang, chance in zip(open_, p):
        chances[lang] = chance
    return chances


def draw_set(p: Sequence[float], candidates: Sequence[int], n: int, random: Random) -> list[int]:
    exactly = counts_from([p[lang] for lang in candidates], n)
    left, chosen = n, []
    for i, lang in enumerate(candidates):
        chance = p[lang] * exactly[i + 1][left - 1] / exactly[i][left] if left > 0 and exactly[i][left] else 0
        if random.next() < chance:
            left -= 1
            chosen.append(lang)
    return chosen


def shares_within(chosen: Sequence[int], shares: Sequence[float], p: Sequence[float]) -> list[float]:
    loose = [lang for lang in chosen if p[lang] < 1]
    kept = total([share for lang, share in enumerate(shares) if p[lang] == 1])
    within = [share if p[lang] == 1 else 0.0 for lang, share in enumerate(shares)]
    for lang in loose:
        within[lang] = (1 - kept) / len(loose)
    return within
