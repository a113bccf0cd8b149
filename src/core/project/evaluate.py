"""The lab's evaluation: ranks by counting over the whole pool, means over queries, then languages. python evaluate.py MODEL --trec DIR

Ties go to the passage whose id sorts last, as trec_eval has it.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOP = 10
Floats = NDArray[np.float64]
Measure = Callable[["Seen"], "float | None"]


class Seen:
    """Ranks from 1 of one query's right passages in one pool, ascending, with their grades."""

    def __init__(self, ranks: list[int], grades: list[int], top_share: float) -> None:
        self.ranks, self.grades, self.top_share = ranks, grades, top_share


def average_precision(seen: Seen) -> float:
    return sum((i + 1) / rank for i, rank in enumerate(seen.ranks)) / len(seen.ranks)


def ndcg(cut: int, seen: Seen) -> float:
    gain = sum(grade / math.log2(rank + 1) for rank, grade in zip(seen.ranks, seen.grades) if rank <= cut)
    best = sorted(seen.grades, reverse=True)[:cut]
    return gain / sum(grade / math.log2(i + 2) for i, grade in enumerate(best))


def measure_of(path: str) -> Measure:
    """ "map/mono", "ndcg@10/multi", "rankDistance": what is measured of a query; where, the metric's pool says."""
    name, _, cut = path.split("/")[0].partition("@")
    k = int(cut or 0)
    return {
        "map": average_precision,
        "recall": lambda seen: sum(rank <= k for rank in seen.ranks) / len(seen.ranks),
        "ndcg": lambda seen: ndcg(k, seen),
        "mrr": lambda seen: 1 / seen.ranks[0] if seen.ranks[0] <= k else 0.0,
        "rankDistance": lambda seen: seen.ranks[-1] - seen.ranks[0] if len(seen.ranks) > 1 else None,
        "maxAtR": lambda seen: seen.ranks[-1],
        "sameLanguageShare": lambda seen: seen.top_share,
    }[name]


class Pool:
    """An evaluation's passages, in the order in which ties are broken."""

    def __init__(self, asked: dict[str, Any], vectors: NDArray[np.float32]) -> None:
        self.order = np.argsort(np.array(asked["tieOrder"]))
        self.place = np.argsort(self.order)
        self.vectors = vectors[self.order]
        self.langs = np.array(asked["passageLangs"])[self.order]
        self.of_lang = [np.flatnonzero(self.langs == lang) for lang in range(len(asked["languages"]))]

    @staticmethod
    def rank(scores: NDArray[np.float32], at: NDArray[np.int64], left_out: NDArray[np.int64]) -> NDArray[np.int64]:
        """Ranks of the passages at `at` among `scores`, without those that are left out."""
        own = scores[at][:, None]
        above = (scores[None] > own) | ((scores[None] == own) & (np.arange(len(scores))[None] < at[:, None]))
        return 1 + above.sum(1) - above[:, left_out].sum(1)

    def share_of(self, scores: NDArray[np.float32], lang: int) -> float:
        """Of the language among the first min(10, N)."""
        n = min(TOP, len(scores))
        worst = np.partition(scores, len(scores) - n)[len(scores) - n]
        first = np.concatenate([np.flatnonzero(scores > worst), np.flatnonzero(scores == worst)])[:n]
        return float((self.langs[first] == lang).sum()) / n


def seen_by(asked: dict[str, Any], pool: Pool, queries: NDArray[np.float32]) -> Iterator[tuple[int, Seen, dict[int, Seen]]]:
    """Each query that has a right passage: in the pool of all languages, and in those of single ones."""
    offsets, relevant, grades, left = (asked[name] for name in ("relevantOffsets", "relevant", "grades", "leftOut"))
    for q, vector in enumerate(queries):
        listed = range(offsets[q], offsets[q + 1])
        rights = [i for i in listed if not (left and left[i])]
        if not rights:
            continue
        scores = pool.vectors @ vector
        at = pool.place[[relevant[i] for i in rights]]
        without = pool.place[[relevant[i] for i in listed if left and left[i]]].astype(np.int64)
        grade = np.array([grades[i] if grades else 1 for i in rights])
        share = pool.share_of(scores, asked["queryLangs"][q])

        def told(ranks: NDArray[np.int64], of: NDArray[np.int64], share: float = share) -> Seen:
            order = np.argsort(ranks)
            return Seen(ranks[order].tolist(), of[order].tolist(), share)

        single: dict[int, Seen] = {}
        for lang in sorted(set(pool.langs[at].tolist())):
            members = pool.of_lang[lang]
            inside = pool.langs[at] == lang
            gone = np.searchsorted(members, without[pool.langs[without] == lang])
            ranks = pool.rank(scores[members], np.searchsorted(members, at[inside]), gone)
            single[lang] = told(ranks, grade[inside])
        yield q, told(pool.rank(scores, at, without), grade), single


def mean(values: list[float | None]) -> float | None:
    defined = [value for value in values if value is not None]
    total = 0.0
    for value in defined:
        total += value
    return total / len(defined) if defined else None


class Cells:
    """Values of one measure by query, and by pair of languages."""

    def __init__(self, n_queries: int, n_langs: int) -> None:
        self.values = np.full((n_queries, n_langs), np.nan)

    def mean(self, langs: NDArray[np.int64], x: int, y: int) -> float | None:
        own = self.values[langs == x, y]
        own = own[~np.isnan(own)]
        return float(own.sum() / len(own)) if len(own) else None


def cross_values(cells: Cells, langs: NDArray[np.int64], crosses: Callable[[int], list[int]]) -> Floats:
    """Each query's part of its language's mean over pools, so that their mean is that number whatever pools a query lacks."""
    result = np.full(len(langs), np.nan)
    for x in sorted(set(langs.tolist())):
        own = np.flatnonzero(langs == x)
        values = cells.values[np.ix_(own, crosses(x))]
        there = ~np.isnan(values)
        counts = there.sum(0)
        values, there, counts = values[:, counts > 0], there[:, counts > 0], counts[counts > 0]
        if len(counts) == 0:
            continue
        means = np.nansum(values, 0) / counts
        asked = there.any(1)
        off = np.where(there, (np.where(there, values, 0) - means) / counts, 0).sum(1)
        result[own[asked]] = means.mean() + asked.sum() / len(counts) * off[asked]
    return result


def evaluate(
    asked: dict[str, Any], metrics: list[dict[str, Any]], queries: NDArray[np.float32], passages: NDArray[np.float32]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    @param asked one of data/evaluation.json.gz; @param metrics of experiment.json; vectors are of unit length, in its order
    @returns the result as metric paths, and the values of single queries as a record keeps them
    """
    names, langs = asked["languages"], np.array(asked["queryLangs"])
    n_queries, every = len(langs), range(len(names))
    pool = Pool(asked, passages)
    multi = {m["path"]: np.full(n_queries, np.nan) for m in metrics if m["pool"] == "multi" and m["path"] != "sameLanguageBase"}
    cells = {m["path"].split("/")[0]: Cells(n_queries, len(names)) for m in metrics if m["pool"] != "multi"}
    of_path = {path: measure_of(path) for path in multi}
    of_cell = {name: measure_of(name) for name in cells}
    evaluated = np.zeros(n_queries, bool)
    for q, whole, single in seen_by(asked, pool, queries):
        evaluated[q] = True
        for path, values in multi.items():
            value = of_path[path](whole)
            values[q] = np.nan if value is None else value
        for lang, seen in single.items():
            for name, cell in cells.items():
                cell.values[q, lang] = of_cell[name](seen)
    counts = [int((evaluated & (langs == x)).sum()) for x in every]
    base = [float((pool.langs == x).sum()) / len(passages) if counts[x] else None for x in every]

    def others(x: int) -> list[int]:
        return [y for y in every if y != x]

    def parts(metric: dict[str, Any], x: int) -> list[float | None]:
        if metric["path"] == "sameLanguageBase":
            return [base[x]]
        if metric["pool"] == "multi":
            own = multi[metric["path"]][langs == x]
            own = own[~np.isnan(own)]
            return [float(own.sum() / len(own)) if len(own) else None]
        cell = cells[metric["path"].split("/")[0]]
        return [cell.mean(langs, x, y) for y in ([x] if metric["pool"] == "mono" else others(x))]

    def table(name: str) -> dict[str, Any]:
        return {names[x]: {names[y]: cells[name].mean(langs, x, y) for y in every} for x in every}

    missed = {x: {y: int(np.isnan(cells["map"].values[langs == x, y]).sum()) for y in every} for x in every}
    skipped = {names[x]: {names[y]: n for y, n in row.items() if n} for x, row in missed.items()}
    pairs = {m["path"]: table(m["path"].split("/")[0]) for m in metrics if m["pairs"]}
    result = {
        "values": {m["path"]: mean([value for x in every for value in parts(m, x)]) for m in metrics},
        "perLanguage": {
            names[x]: {
                "values": {m["path"]: mean(parts(m, x)) for m in metrics if m["kept"] != "mean"},
                "queries": counts[x],
            }
            for x in every
        },
        "matrix": table("map"),
        **({"pairs": pairs} if pairs else {}),
        "queries": sum(counts),
        "skippedQueries": n_queries - sum(counts),
        "skippedPairs": {name: row for name, row in skipped.items() if row},
        "pool": len(passages),
    }

    def column(metric: dict[str, Any]) -> Floats:
        if metric["pool"] == "multi":
            return multi[metric["path"]]
        cell = cells[metric["path"].split("/")[0]]
        return cell.values[np.arange(n_queries), langs] if metric["pool"] == "mono" else cross_values(cell, langs, others)

    answered = [sum(cells["map"].mean(langs, x, y) is not None for y in others(x)) for x in every]
    per_query = {
        "languages": names,
        "queryLangs": asked["queryLangs"],
        "clusters": asked["clusters"],
        "crossPools": answered,
        **({"pools": plain(cells["map"].values.ravel())} if n_queries * len(names) <= 2_000_000 else {}),
        "values": {m["path"]: plain(column(m)) for m in metrics if m["kept"] == "query"},
    }
    return result, per_query


def plain(values: Floats) -> list[float | None]:
    """As float32, of which 9 digits are enough."""
    return [None if math.isnan(value) else float(f"{value:.9g}") for value in values.astype(np.float32).tolist()]


def write_trec(out: Path, asked: dict[str, Any], ids: tuple[list[str], list[str]], vectors: tuple[Any, Any], depth: int = 1000) -> None:
    """mono.LANG and multi.LANG, .run and .qrels: a language's queries in its own pool, and in that of all."""
    out.mkdir(parents=True, exist_ok=True)
    (query_ids, passage_ids), pool = ids, Pool(asked, vectors[1])
    for lang, name in enumerate(asked["languages"]):
        for kind, members in (("mono", pool.of_lang[lang]), ("multi", np.arange(len(passage_ids)))):
            with open(out / f"{kind}.{name}.run", "w") as run, open(out / f"{kind}.{name}.qrels", "w") as qrels:
                inside = set(pool.order[members].tolist())
                for q in (q for q, of in enumerate(asked["queryLangs"]) if of == lang):
                    gone = set()
                    for i in range(asked["relevantOffsets"][q], asked["relevantOffsets"][q + 1]):
                        right = asked["relevant"][i]
                        if asked["leftOut"] and asked["leftOut"][i]:
                            gone.add(right)
                        elif right in inside:
                            grade = asked["grades"][i] if asked["grades"] else 1
                            qrels.write(f"{query_ids[q]} 0 {passage_ids[right]} {grade}\n")
                    scores = pool.vectors[members] @ vectors[0][q]
                    best = [i for i in np.argsort(-scores, kind="stable") if int(pool.order[members[i]]) not in gone]
                    for rank, i in enumerate(best[:depth], 1):
                        passage = passage_ids[pool.order[members[i]]]
                        run.write(f"{query_ids[q]} Q0 {passage} {rank} {float(scores[i]):.9g} lab\n")


def main() -> None:
    from encoder import Encoder
    from project import Project

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", nargs="?", help="a folder or a name; left out: what the run starts from")
    parser.add_argument("--run", metavar="CELL.SEED", help="of a study, one of runs.txt: whose test")
    parser.add_argument("--trec", type=Path, help="writes rankings and judgements for trec_eval into this folder")
    options = parser.parse_args()
    project = Project(Path(__file__).parent, options.run)
    encoder = Encoder.open(project.root, project.facts, options.model)
    asked = project.evaluations()["full"]
    queries, passages = texts_of(project, asked, encoder.prefixes)
    vectors = encoder.encode(queries).numpy(), encoder.encode(passages).numpy()
    result, _ = evaluate(asked, project.facts["metrics"], *vectors)
    if options.trec:
        write_trec(options.trec, asked, ids_of(project, asked), vectors)
    print(json.dumps(result["values"], indent=1))


def texts_of(project: Any, asked: dict[str, Any], prefixes: dict[str, str]) -> tuple[list[str], list[str]]:
    queries = [prefixes["query"] + project.test.queries[row].text for row in asked["queryRows"]]
    return queries, [prefixes["passage"] + project.test.passages[row].text for row in asked["passageRows"]]


def ids_of(project: Any, asked: dict[str, Any]) -> tuple[list[str], list[str]]:
    queries = [project.test.queries[row].id for row in asked["queryRows"]]
    return queries, [project.test.passages[row].id for row in asked["passageRows"]]


if __name__ == "__main__":
    main()
