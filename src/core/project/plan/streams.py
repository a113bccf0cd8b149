"""Random numbers as the lab draws them, one stream for each purpose, and sums as JavaScript rounds them."""

from __future__ import annotations

import math
from collections.abc import Sequence

U32 = 0xFFFFFFFF


def total(values: Sequence[float]) -> float:
    """From left to right; sum() of Python 3.12 rounds otherwise."""
    result = 0.0
    for value in values:
        result += value
    return result


def hash32(text: str, basis: int) -> int:
    """FNV-1a over UTF-16 units, then murmur3's finaliser."""
    units = text.encode("utf-16-le", "surrogatepass")
    h = basis
    for low, high in zip(units[::2], units[1::2]):
        h = ((h ^ (low | high << 8)) * 0x01000193) & U32
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) & U32
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & U32
    return h ^ (h >> 16)


class Random:
    """xoroshiro128+, its state four hashes of the path "seed/name/name"."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.s01, self.s00, self.s11, self.s10 = (hash32(path, basis) for basis in (0x811C9DC5, 0x9E3779B9, 0x6A09E667, 0xBB67AE85))
        self.spare: float | None = None

    def fork(self, name: str | int) -> Random:
        return Random(f"{self.path}/{name}")

    def bits(self) -> int:
        """32 bits, signed, as the lab's generator gives them."""
        s00, s01, s10, s11 = self.s00, self.s01, self.s10, self.s11
        out = (s00 + s10) & U32
        a0, a1 = s10 ^ s00, s11 ^ s01
        self.s00 = ((s00 << 24) ^ (s01 >> 8) ^ a0 ^ (a0 << 16)) & U32
        self.s01 = ((s01 << 24) ^ (s00 >> 8) ^ a1 ^ ((a1 << 16) | (a0 >> 16))) & U32
        self.s10 = ((a1 << 5) ^ (a0 >> 27)) & U32
        self.s11 = ((a0 << 5) ^ (a1 >> 27)) & U32
        return out - (1 << 32) if out >> 31 else out

    def next(self) -> float:
        return (self.bits() & U32) / 2**32

    def int(self, n: int) -> int:
        """0 to n - 1, all alike: draws that would favour small ones are drawn again."""
        bound = 2**32 // n * n if n > 2 else 2**32
        while True:
            drawn = self.bits() + 2**31
            if drawn < bound:
                return drawn % n

    def normal(self) -> float:
        """Marsaglia & Bray 1964, two at a time."""
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        while True:
            u, v = 2 * self.next() - 1, 2 * self.next() - 1
            s = u * u + v * v
            if 0 < s < 1:
                scale = math.sqrt((-2 * math.log(s)) / s)
                self.spare = v * scale
                return u * scale

    def shuffle(self, items: list[int]) -> list[int]:
        for i in range(len(items) - 1, 0, -1):
            j = self.int(i + 1)
            items[i], items[j] = items[j], items[i]
        return items

    def weighted(self, weights: Sequence[float]) -> int:
        left = self.next() * total(weights)
        for i, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return i
        return max(i for i, weight in enumerate(weights) if weight > 0)  # rounding left a sliver
