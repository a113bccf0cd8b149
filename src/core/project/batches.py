"""Which rows meet in which batch: the lab's batch plan, drawn again row for row. Reads no text and needs no package.

A pure function of the experiment and of the data's languages, parts and concepts. Batch s depends on all draws before it, so a run
that goes on draws the first s batches again and leaves them out. The same draws as the lab's core/plan, in the same order: change
neither without the other. Sums run from left to right, as JavaScript's do; sum() of Python 3.12 rounds otherwise.
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

KINDS = ("mono", "cross", "multi", "mixedMono")
Ratio = dict[str, float]
U32 = 0xFFFFFFFF


def total(values: Sequence[float]) -> float:
    result = 0.0
    for value in values:
        result += value
    return result


# ---- random numbers: one stream for each purpose, named by its path


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
        self.s01, self.s00, self.s11, self.s10 = (
            hash32(path, basis) for basis in (0x811C9DC5, 0x9E3779B9, 0x6A09E667, 0xBB67AE85)
        )
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


# ---- the data as the plan sees it


@dataclass
class Table:
    """Which queries can meet which passages, by language: an index into `languages`."""

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


@dataclass(frozen=True)
class Row:
    kind: str
    concept: str
    query: int  # row of data/queries
    passages: tuple[int, ...]  # rows of data/passages


@dataclass(frozen=True)
class Batch:
    step: int  # from 0
    kind: str  # "mixed" only where rows draw kinds of their own
    languages: list[str]
    rows: list[Row]


# ---- which languages meet, each as often as its share asks


def is_even(shares: Sequence[float]) -> bool:
    positive = [share for share in shares if share > 0]
    return all(share == positive[0] for share in positive)


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
        wanted = [
            1 if i in certain else size * share / rest if rest > 0 else 0 for i, share in enumerate(shares)
        ]
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
        odds = [
            chance / (1 - chance) * math.sqrt(pi[i] * (1 - got[i]) / (got[i] * (1 - pi[i])))
            for i, chance in enumerate(p)
        ]
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


# ---- in which languages a question is answered


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
        if kind == "cross":
            self.pairs = self.pairs or pair_shares(self.among)
            answer, foremost = self.pairs
            is_lone = foremost is not None and foremost != x and foremost in holders
            return [random.weighted(masked([foremost] if is_lone else [y for y in holders if y != x], answer))]
        if kind != "multi":
            return [x]
        if self.even:
            return draw_distinct(masked(holders, self.among), self.positives, random)
        self.fitted = self.fitted or fit_set(self.among, self.positives)
        return draw_set(self.fitted, holders, self.positives, random)


def masked(chosen: Sequence[int], weights: Sequence[float]) -> list[float]:
    kept = set(chosen)
    return [weight if i in kept else 0 for i, weight in enumerate(weights)]


# ---- decks: items in shuffled order, each once a round


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


# ---- rows


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
OWN, CROSS, MULTI = 1, 2, 4
USE_OF = {"mono": OWN, "cross": CROSS, "multi": MULTI, "mixedMono": OWN}


def blind_rows(draw: Draw) -> RowLaw:
    """As labs before age 4 drew: languages first, whatever the data holds."""
    random, table = draw.random, draw.table

    def targets_of(kind: str, x: int) -> list[int]:
        if kind == "cross":
            return [random.weighted([0 if lang == x else q for lang, q in enumerate(draw.among)])]
        return draw_distinct(draw.among, draw.positives, random) if kind == "multi" else [x]

    def draw_row(kind: str) -> Row | None:
        for _ in range(20):
            x = draw.mono_language if kind == "mono" else random.weighted(draw.among)
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
                return (OWN if own else 0) | (CROSS if others else 0) | (MULTI if len(holders) >= positives else 0)

            return uses_of

        law = self.laws.setdefault(tuple(among), AnswerLaw(among, positives))
        for x in draw.allowed:
            draw.decks[x].sort(f"{self.scope} {draw.allowed}", uses_in(x))
        left: dict[str, list[float]] = {}  # shares of the languages that may still ask

        def draw_row(kind: str) -> Row | None:
            if kind not in left:
                left[kind] = masked([draw.mono_language], [1] * len(among)) if kind == "mono" else list(among)
            own = left[kind]
            while any(share > 0 for share in own):
                x = draw.mono_language if kind == "mono" else random.weighted(own)
                query = draw.decks[x].draw(lambda row: table.concept_of[row] not in draw.used, USE_OF[kind])
                if query is not None:
                    return draw.row(kind, query, law.draw(kind, x, holders_of(query), random))
                own[x] = 0
            return None

        return draw_row


# ---- the mix and the loss weights of a step


def used_kinds(spec: dict[str, Any]) -> list[str]:
    batch = spec["batch"]
    mixes = [point["weights"] for point in batch["curve"]] if batch["schedule"] == "drawn" else [batch["ratio"]]
    if batch["schedule"] in ("linear", "cosine", "step", "competence"):
        mixes.append(batch["ratioEnd"])
    return [kind for kind in KINDS if any(mix[kind] > 0 for mix in mixes)]


def moment_of(spec: dict[str, Any], step: int) -> float:
    return min(1, step / (spec["steps"] - 1)) if spec["steps"] > 1 else 0


def curve_at(curve: list[dict[str, Any]], moment: float) -> Ratio:
    t = math.floor(moment * 1e6 + 0.5) / 1e6
    after = next((i for i, point in enumerate(curve) if point["at"] >= t), None)
    if after is None:
        return curve[-1]["weights"]
    if after == 0:
        return curve[0]["weights"]
    a, b = curve[after - 1], curve[after]
    part = (t - a["at"]) / (b["at"] - a["at"])
    return {kind: a["weights"][kind] + part * (b["weights"][kind] - a["weights"][kind]) for kind in KINDS}


def random_shares(spec: dict[str, Any], stream: str, step: int) -> Ratio:
    rule, kinds = spec["rule"], used_kinds(spec)
    random = Random(str(spec["seed"])).fork(f"random {stream}").fork(step // rule["every"])
    z = {kind: random.normal() / (rule["temperature"] or 1) for kind in kinds}
    e = {kind: math.exp(z[kind] - max(z.values())) for kind in kinds}
    whole = total([e[kind] for kind in kinds])
    return {kind: e[kind] / whole if kind in e else 0 for kind in KINDS}


def ratio_at(spec: dict[str, Any], step: int) -> Ratio:
    batch, t = spec["batch"], moment_of(spec, step)
    if batch["schedule"] == "drawn":
        return curve_at(batch["curve"], t)
    if batch["schedule"] == "random":
        shares, kinds, floor = random_shares(spec, "mix", step), used_kinds(spec), spec["rule"]["floor"]
        return {kind: (1 - len(kinds) * floor) * shares[kind] + floor if kind in kinds else 0 for kind in KINDS}
    moved = {
        "linear": t,
        "cosine": (1 - math.cos(math.pi * t)) / 2,
        "step": 1 if t >= 0.5 else 0,
        "competence": min(1, math.sqrt(t * (1 - 0.01**2) + 0.01**2)),
    }
    if batch["schedule"] not in moved:
        return batch["ratio"]  # a rule that decides while training begins with it; its decisions are in the trajectory
    c = moved[batch["schedule"]]
    return {kind: (1 - c) * batch["ratio"][kind] + c * batch["ratioEnd"][kind] for kind in KINDS}


def weights_at(spec: dict[str, Any], step: int) -> Ratio:
    loss = spec["loss"]
    if loss["weighting"] == "drawn":
        return curve_at(loss["curve"], moment_of(spec, step))
    if loss["weighting"] != "random":
        return loss["weights"]
    shares, kinds = random_shares(spec, "weights", step), used_kinds(spec)
    return {
        kind: loss["weights"][kind] * len(kinds) * shares[kind] if kind in kinds else loss["weights"][kind]
        for kind in KINDS
    }


def decided(trajectory: list[dict[str, Any]], what: str, step: int, since: int) -> Ratio | None:
    """The latest decision about `what` that holds at a step; those before `since` were about a run that was branched off."""
    there = [one[what] for one in trajectory if since <= one["step"] <= step and one.get(what)]
    return there[-1] if there else None


# ---- the plan


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
        if kind == "mono":
            return [mono], masked([mono], self.share)
        if self.in_turn:
            allowed = draw_distinct(self.share, self.size, random, mono)
            return allowed, masked(allowed, self.share)
        if self.size == len(self.share):
            return list(range(len(self.share))), self.share
        others = [lang for lang in range(len(self.share)) if lang != mono]
        allowed = sorted([mono, *draw_set(self.chances, others, self.size - 1, random)])
        return allowed, shares_within(allowed, self.share, self.chances)


def draw_batch(spec: dict[str, Any], law: dict[str, Any], ratio: Ratio, step: int, random: Random) -> Batch:
    batch, table = spec["batch"], law["table"]
    fixed = KINDS[random.weighted([ratio[kind] for kind in KINDS])] if batch["unit"] == "batch" else None
    mono = random.weighted(law["share"])
    allowed, among = law["languages"](fixed, mono, random)
    draw = Draw(table, law["decks"], random, batch["positives"], mono, allowed, among)
    draw_row = law["rows"](draw)
    names = [table.languages[lang] for lang in allowed]
    rows: list[Row] = []
    left = dict(ratio)
    while len(rows) < batch["size"]:
        kind = fixed or KINDS[random.weighted([left[kind] for kind in KINDS])]
        row = draw_row(kind)
        if row:
            draw.used.add(row.concept)
            rows.append(row)
            continue
        left[kind] = 0
        if fixed or batch["law"] == "blind" or all(left[other] == 0 for other in KINDS):
            where = f"step {step} ({kind}) ran out of unused concepts after {len(rows)} rows in {', '.join(names)}"
            raise ValueError(f"batch.size: {where}")
    kinds = {row.kind for row in rows}
    return Batch(step, kinds.pop() if len(kinds) == 1 else "mixed", sorted(names), rows)


@dataclass(frozen=True)
class Stretch:
    """Steps of a run under one spec: a branch has several, and so has a run whose languages grow."""

    spec: dict[str, Any]
    start: int
    since: int  # where its run began, or branched off
    table: Table


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
        law = {
            "table": table,
            "decks": [decks[lang] for lang in table.languages],
            "share": share,
            "languages": LanguageDraw(spec, share),
            "rows": blind_rows if spec["batch"]["law"] == "blind" else ExistingRows(f"stretch {i}"),
        }
        end = stretches[i + 1].start if i + 1 < len(stretches) else spec["steps"]
        for step in range(stretch.start, end):
            ratio = decided(trajectory, "ratio", step, stretch.since) or ratio_at(spec, step)
            yield draw_batch(spec, law, ratio, step, random.fork(step))
