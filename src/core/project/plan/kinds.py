"""The kinds of batch, in the lab's order: in which languages a row is asked and answered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    asks: str  # "one" language, which the whole batch has, or "any" of the batch's
    answers: str


KINDS = {
    "mono": Kind("one", "own"),
    "cross": Kind("any", "another"),
    "multi": Kind("any", "several"),
    "mixedMono": Kind("any", "own"),
}
NAMES = tuple(KINDS)


def asks_in_one(kind: str | None) -> bool:
    return kind is not None and KINDS[kind].asks == "one"
