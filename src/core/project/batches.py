"""Which rows meet in which batch: the lab's batch plan, drawn again row for row. Reads no text and needs no package.

A pure function of the experiment and of the data's languages, parts and concepts. Batch s depends on all draws before it, so a run
that goes on draws the first s batches again and leaves them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from plan.deck import Deck
from plan.kinds import NAMES
from plan.languages import LanguageDraw, language_shares
from plan.mixes import Ratio, decided, ratio_at
from plan.rows import Draw, ExistingRows, Row, RowLaw, blind_rows
from plan.streams import Random
from plan.table import Table


@dataclass(frozen=True)
class Batch:
    step: int  # from 0
    kind: str  # "mixed" only where rows draw kinds of their own
    languages: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Stretch:
    """Steps of a run under one spec: a branch has several, and so has a run whose languages grow."""

    spec: dict[str, Any]
    start: int
    since: int  # where its run began, or branched off
    table: Table


@dataclass(frozen=True)
class Law:
    """What all batches of a stretch are drawn by."""

    spec: dict[str, Any]
    table: Table
    decks: list[Deck]  # by language
    share: list[float]
    languages: LanguageDraw
    rows: Callable[[Draw], RowLaw]


def batch_plan(stretches: Sequence[Stretch], trajectory: list[dict[str, Any]]) -> Iterator[Batch]:
    """All batches of a run, in order, from its origin."""
    random = Random(str(stretches[0].spec["seed"])).fork("batches")
    decks: dict[str, Deck] = {}
    for i, stretch in enumerate(stretches):
        spec, table = stretch.spec, stretch.table
        for lang, rows in zip(table.languages, table.queries):
            deck = decks.setdefault(lang, Deck(rows, random.fork(lang)))
            deck.exchange(rows)
        share = language_shares(spec, table)
        row_law = blind_rows if spec["batch"]["law"] == "blind" else ExistingRows(f"stretch {i}")
        law = Law(spec, table, [decks[lang] for lang in table.languages], share, LanguageDraw(spec, share), row_law)
        end = stretches[i + 1].start if i + 1 < len(stretches) else spec["steps"]
        for step in range(stretch.start, end):
            ratio = decided(trajectory, "ratio", step, stretch.since) or ratio_at(spec, step)
            yield draw_batch(law, ratio, step, random.fork(step))


def draw_batch(law: Law, ratio: Ratio, step: int, random: Random) -> Batch:
    batch, table = law.spec["batch"], law.table
    fixed = NAMES[random.weighted([ratio[kind] for kind in NAMES])] if batch["unit"] == "batch" else None
    mono = random.weighted(law.share)
    allowed, among = law.languages(fixed, mono, random)
    draw = Draw(table, law.decks, random, batch["positives"], mono, allowed, among)
    draw_row = law.rows(draw)
    names = [table.languages[lang] for lang in allowed]
    rows: list[Row] = []
    left = dict(ratio)
    while len(rows) < batch["size"]:
        kind = fixed or NAMES[random.weighted([left[kind] for kind in NAMES])]
        row = draw_row(kind)
        if row:
            draw.used.add(row.concept)
            rows.append(row)
            continue
        left[kind] = 0
        if fixed or batch["law"] == "blind" or all(left[other] == 0 for other in NAMES):
            where = f"step {step} ({kind}) ran out of unused concepts after {len(rows)} rows in {', '.join(names)}"
            raise ValueError(f"batch.size: {where}")
    kinds = {row.kind for row in rows}
    return Batch(step, kinds.pop() if len(kinds) == 1 else "mixed", sorted(names), rows)
