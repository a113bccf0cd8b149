"""The same evaluation by others' code: sentence-transformers' evaluator, trec_eval's and mteb's. pip install '.[judges]', then
python judges.py out/model

Each language's questions in the pool of its own texts and in that of all. Each judge is asked what it measures as the lab does: right
answers without grades, and none left out. Ends with 1 where one says something else.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

from encoder import Encoder
from evaluate import Pool, average_precision, ids_of, ndcg, seen_by, texts_of
from project import Project

Means = dict[str, float]
NEAR = 1e-4  # its own vectors: two scores that are nearly equal may change places


class Case:
    """One language's questions in one pool."""

    def __init__(self, name: str, asked: dict[str, Any], queries: list[int], passages: list[int]) -> None:
        offsets, relevant, inside = asked["relevantOffsets"], asked["relevant"], set(passages)
        rights = {q: [p for p in relevant[offsets[q] : offsets[q + 1]] if p in inside] for q in queries}
        self.name, self.passages = name, passages
        self.rights = {q: own for q, own in rights.items() if own}


def lab(case: Case, asked: dict[str, Any], vectors: tuple[Any, Any]) -> Means:
    """By this project's own code."""
    pool = Pool(asked, vectors[1])
    lang = None if len(case.passages) == len(asked["passageLangs"]) else asked["passageLangs"][case.passages[0]]
    seen = [whole if lang is None else single[lang] for q, whole, single in seen_by(asked, pool, vectors[0]) if q in case.rights]
    return {"map": float(np.mean([average_precision(one) for one in seen])), "ndcg@10": float(np.mean([ndcg(10, one) for one in seen]))}


def sentence_transformers(case: Case, model: SentenceTransformer, texts: Any, ids: Any) -> Means:
    (queries, passages), (query_ids, passage_ids) = texts, ids
    judge = InformationRetrievalEvaluator(
        {query_ids[q]: queries[q] for q in case.rights},
        {passage_ids[p]: passages[p] for p in case.passages},
        {query_ids[q]: {passage_ids[p] for p in own} for q, own in case.rights.items()},
        map_at_k=[len(case.passages)],
        ndcg_at_k=[10],
        write_csv=False,
    )
    found = judge(model)
    return {"map": found[f"cosine_map@{len(case.passages)}"], "ndcg@10": found["cosine_ndcg@10"]}


def trec_eval(case: Case, vectors: Any, ids: Any) -> Means:
    import pytrec_eval

    query_ids, passage_ids = ids
    scores = {q: vectors[1][case.passages] @ vectors[0][q] for q in case.rights}
    run = {query_ids[q]: {passage_ids[p]: float(s) for p, s in zip(case.passages, own)} for q, own in scores.items()}
    qrels = {query_ids[q]: {passage_ids[p]: 1 for p in own} for q, own in case.rights.items()}
    found = pytrec_eval.RelevanceEvaluator(qrels, {"map", "ndcg_cut.10"}).evaluate(run).values()
    return {"map": float(np.mean([one["map"] for one in found])), "ndcg@10": float(np.mean([one["ndcg_cut_10"] for one in found]))}


def mteb_retrieval(case: Case, encode: Any, texts: Any, ids: Any) -> Means:
    """By mteb's retrieval task, in which these texts take the place of its own. It says five digits."""
    import mteb
    from datasets import Dataset
    from mteb.abstasks.retrieval_dataset_loaders import RetrievalSplitData
    from mteb.models.abs_encoder import AbsEncoder
    from mteb.models.model_meta import ModelMeta

    class Model(AbsEncoder):
        def __init__(self) -> None:
            self.mteb_model_meta = ModelMeta.create_empty()

        def encode(self, inputs: Any, **_: Any) -> NDArray[np.float32]:
            return encode([text for batch in inputs for text in batch["text"]])

    (queries, passages), (query_ids, passage_ids) = texts, ids
    task = mteb.get_task("BelebeleRetrieval")
    task.hf_subsets, task.data_loaded = ["all"], True
    data = RetrievalSplitData(
        corpus=Dataset.from_list([{"id": passage_ids[p], "title": "", "text": passages[p]} for p in case.passages]),
        queries=Dataset.from_list([{"id": query_ids[q], "text": queries[q]} for q in case.rights]),
        relevant_docs={query_ids[q]: {passage_ids[p]: 1 for p in own} for q, own in case.rights.items()},
        top_ranked=None,
    )
    task.dataset = {"all": {"test": data}}
    return {"ndcg@10": task.evaluate(Model(), "test", encode_kwargs={})["all"]["ndcg_at_10"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="a folder or a name")
    parser.add_argument("--run", metavar="CELL.SEED", help="of a study, one of runs.txt: whose test")
    options = parser.parse_args()
    project = Project(Path(__file__).resolve().parent, options.run)
    asked = project.evaluations()["full"]
    if asked["grades"] or (asked["leftOut"] and any(asked["leftOut"])):
        raise SystemExit("these questions have graded answers, or documents that are left out: the judges measure something else")
    encoder = Encoder.open(project.root, project.facts, options.model)
    model = SentenceTransformer(options.model, device="cpu")
    model.prompts = dict.fromkeys(model.prompts, "")  # they stand before the texts already
    if not encoder.is_bag:  # which cuts nothing
        model.max_seq_length = encoder.model.max_seq_length
    texts, ids = texts_of(project, asked, encoder.prefixes), ids_of(project, asked)
    vectors = tuple(encoder.encode(side).numpy() for side in texts)
    every, agree, found = range(len(ids[1])), True, {}
    for lang, name in enumerate(asked["languages"]):
        own = [q for q, of in enumerate(asked["queryLangs"]) if of == lang]
        same = [p for p in every if asked["passageLangs"][p] == lang]
        for case in (Case(f"mono.{name}", asked, own, same), Case(f"multi.{name}", asked, own, list(every))):
            right = lab(case, asked, vectors)
            judged = {
                "sentence-transformers": sentence_transformers(case, model, texts, ids),
                "trec_eval": trec_eval(case, vectors, ids),
                "mteb": mteb_retrieval(case, lambda own: encoder.encode(own).numpy(), texts, ids),
            }
            agree &= all(abs(value - right[measure]) < NEAR for means in judged.values() for measure, value in means.items())
            found[case.name] = {"lab": right, **judged}
    print(json.dumps(found, indent=1))
    raise SystemExit(0 if agree else 1)


if __name__ == "__main__":
    main()
