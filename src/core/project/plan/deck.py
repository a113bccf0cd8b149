"""Decks: items in shuffled order, each once a round."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable

from .streams import Random


class Deck:
    """An item that is refused now stays on top for the next draw; of those the oldest comes first."""

    def __init__(self, items: list[int], random: Random) -> None:
        self.items, self.random = items, random
        self.fresh: list[int] = []  # drawn from the end
        self.spent = list(items)  # of the next round
        self.held: dict[int, list[tuple[int, int]]] = {}  # uses -> (age, item), oldest first
        self.clock = 0
        self.sorted_by: str | None = None
        self.uses_of: Callable[[int], int] = lambda _: 1

    def hold(self, age: int, item: int) -> None:
        insort(self.held.setdefault(self.uses_of(item), []), (age, item))

    def take_held(self, accept: Callable[[int], bool], use: int) -> int | None:
        oldest: tuple[int, int, int] | None = None  # age, uses, place
        for uses, bin_ in self.held.items():
            if uses & use:
                i = next((i for i, (_, item) in enumerate(bin_) if accept(item)), None)
                if i is not None and (oldest is None or bin_[i][0] < oldest[0]):
                    oldest = (bin_[i][0], uses, i)
        return None if oldest is None else self.held[oldest[1]].pop(oldest[2])[1]

    def draw(self, accept: Callable[[int], bool], use: int = 1) -> int | None:
        item = self.take_held(accept, use)
        if item is not None:
            self.spent.append(item)
            return item
        for _ in range(2):
            while self.fresh:
                item = self.fresh.pop()
                if self.uses_of(item) & use and accept(item):
                    self.spent.append(item)
                    return item
                self.hold(self.clock, item)
                self.clock += 1
            self.fresh = self.random.shuffle(sorted(self.spent))
            self.spent = []
        return None

    def rehold(self, ones: list[tuple[int, int]]) -> None:
        self.held = {}
        for age, item in ones:
            self.hold(age, item)

    def by_age(self) -> list[tuple[int, int]]:
        return sorted(one for bin_ in self.held.values() for one in bin_)

    def sort(self, key: str, uses_of: Callable[[int], int]) -> None:
        if key != self.sorted_by:
            self.sorted_by, self.uses_of = key, uses_of
            self.rehold(self.by_age())

    def exchange(self, items: list[int]) -> None:
        if items == self.items:
            return
        was, there = set(self.items), set(items)
        self.items = items
        self.fresh = [item for item in self.fresh if item in there]
        self.spent = [item for item in self.spent if item in there] + [item for item in items if item not in was]
        self.rehold([one for one in self.by_age() if one[1] in there])
        self.sorted_by = None
