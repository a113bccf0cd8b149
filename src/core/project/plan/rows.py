"""The rows of a batch: a question, and the passages that answer it. Two rows of a batch never share a concept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .answers import AnswerLaw
from .deck import Deck
from .kinds import KINDS, asks_in_one
from .sets import draw_distinct, masked
from .streams import Random
from .table import Table


@dataclass(frozen=True)
class Row:
    kind: str
    concept: str
    query: int  # row of data/queries
    passages: tuple[int, ...]  # rows of data/passages


@dataclass
class Draw:
    """What the rows of one batch are drawn from."""

    table: Table
    decks: list[Deck]
    random: Random
    positives: int
    mono_language: int
    allowed: list[int]
    among: Sequence[float]  # in proportion to this a row's language is drawn
    used: set[str] = field(default_factory=set)  # concepts

    def row(self, kind: str, query: int, targets: Sequence[int]) -> Row:
        concept = self.table.concept_of[query]
        passages = []
        for y in targets:
            choices = self.table.passages_of(concept, y)
            passages.append(choices[0] if len(choices) == 1 else choices[self.random.int(len(choices))])
        return Row(kind, concept, query, tuple(passages))


RowLaw = Callable[[str], "Row | None"]
# Whether a question can be answered so, of which its own language and `others` hold an answer.
FITS: dict[str, Callable[[bool, int, int], bool]] = {
    "own": lambda own, others, positives: own,
    "another": lambda own, others, positives: others > 0,
    "several": lambda own, others, positives: own + others >= positives,
}
USE_OF = {answers: 1 << i for i, answers in enumerate(FITS)}


def blind_rows(draw: Draw) -> RowLaw:
    """As labs before age 4 drew: languages first, whatever the data holds."""
    random, table = draw.random, draw.table

    def targets_of(kind: str, x: int) -> list[int]:
        answers = KINDS[kind].answers
        if answers == "another":
            return [random.weighted([0 if lang == x else q for lang, q in enumerate(draw.among)])]
        return draw_distinct(draw.among, draw.positives, random) if answers == "several" else [x]

    def draw_row(kind: str) -> Row | None:
        for _ in range(20):
            x = draw.mono_language if asks_in_one(kind) else random.weighted(draw.among)
            targets = targets_of(kind, x)

            def fits(row: int) -> bool:
                concept = table.concept_of[row]
                return concept not in draw.used and all(table.passages_of(concept, y) for y in targets)

            query = draw.decks[x].draw(fits)
            if query is not None:
                return draw.row(kind, query, targets)
        return None

    return draw_row


class ExistingRows:
    """x by its share among the languages that still have a question of the kind, a question from its deck, then its answers' languages."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        self.laws: dict[tuple[float, ...], AnswerLaw] = {}

    def __call__(self, draw: Draw) -> RowLaw:
        table, among, random = draw.table, draw.among, draw.random
        positives = min(draw.positives, len(draw.allowed))
        known: dict[str, list[int]] = {}

        def holders_of(query: int) -> list[int]:
            concept = table.concept_of[query]
            if concept not in known:
                known[concept] = [lang for lang in table.holders_of(concept) if among[lang] > 0]
            return known[concept]

        def uses_in(x: int) -> Callable[[int], int]:
            def uses_of(query: int) -> int:
                holders = holders_of(query)
                own = x in holders
                others = len(holders) - own
                return sum(USE_OF[answers] for answers, fits in FITS.items() if fits(own, others, positives))

            return uses_of

        law = self.laws.setdefault(tuple(among), AnswerLaw(among, positives))
        for x in draw.allowed:
            draw.decks[x].sort(f"{self.scope} {draw.allowed}", uses_in(x))
        left: dict[str, list[float]] = {}  # shares of the languages that may still ask

        def draw_row(kind: str) -> Row | None:
            if kind not in left:
                left[kind] = masked([draw.mono_language], [1] * len(among)) if asks_in_one(kind) else list(among)
            own = left[kind]
            while any(share > 0 for share in own):
                x = draw.mono_language if asks_in_one(kind) else random.weighted(own)
                query = draw.decks[x].draw(lambda row: table.concept_of[row] not in draw.used, USE_OF[KINDS[kind].answers])
                if query is not None:
                    return draw.row(kind, query, law.draw(kind, x, holders_of(query), random))
                own[x] = 0
            return None

        return draw_row
