"""The data as the plan sees it: which questions can meet which passages, by language. Holds no text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass
class Table:
    """A language is an index into `languages`."""

    languages: list[str]
    queries: list[list[int]]  # by language: training rows, ascending
    concept_of: list[str]  # by query row
    passages: dict[str, dict[int, list[int]]]  # concept -> language -> passage rows, ascending

    def passages_of(self, concept: str, lang: int) -> list[int]:
        return self.passages.get(concept, {}).get(lang, [])

    def holders_of(self, concept: str) -> list[int]:
        return sorted(self.passages.get(concept, {}))


def pair_table(queries: Sequence[Any], passages: Sequence[Any], languages: list[str], leaves_dev_out: bool) -> Table:
    """Of rows with `lang`, `split`, `dev` and `concepts`, in the order of the files."""
    own = {lang: i for i, lang in enumerate(languages)}

    def trains(row: Any) -> bool:
        return row.lang in own and row.split in ("train", "any") and not (leaves_dev_out and row.dev)

    by_concept: dict[str, dict[int, list[int]]] = {}
    for at, row in enumerate(passages):
        if trains(row):
            for concept in row.concepts:
                by_concept.setdefault(concept, {}).setdefault(own[row.lang], []).append(at)
    asked: list[list[int]] = [[] for _ in languages]
    for at, row in enumerate(queries):
        if trains(row) and row.concepts[0] in by_concept:
            asked[own[row.lang]].append(at)
    missing = [lang for lang, rows in zip(languages, asked) if not rows]
    if missing:
        raise ValueError(f"data: no training pair in {', '.join(missing)}")
    return Table(languages, asked, [row.concepts[0] for row in queries], by_concept)
