"""mteb's own tasks on local files in the place of the hub's: nDCG@10 of each subset, by a model from a folder.

In: [{task, folder: the model's, files: name in the hub's repository -> path, subsets}]. Out, for each: subset -> {mteb: as mteb
reports it, to 5 digits; trecEval: the same mean by pytrec_eval, of the same vectors and mteb's own corpus, queries and judgements;
documents, queries}.
"""
import json
import sys

import datasets
import mteb
import numpy
import pytrec_eval
from mteb.abstasks import retrieval_dataset_loaders
from mteb.models.abs_encoder import AbsEncoder
from mteb.models.model_meta import ModelMeta
from mteb.tasks.retrieval.multilingual import belebele_retrieval
from mteb.types import PromptType
from sentence_transformers import SentenceTransformer


class Model(AbsEncoder):
    """A folder's vectors, with its own prompts."""

    def __init__(self, folder):
        self.model = SentenceTransformer(folder, device="cpu", local_files_only=True)
        self.mteb_model_meta = ModelMeta.create_empty()

    def vectors(self, texts, prompt):
        return self.model.encode(texts, prompt_name=prompt, normalize_embeddings=True, show_progress_bar=False)

    def encode(self, inputs, *, task_metadata, hf_split, hf_subset, prompt_type=None, **kwargs):
        texts = [text for batch in inputs for text in batch["text"]]
        return self.vectors(texts, "query" if prompt_type == PromptType.query else "passage")


def belebele_rows(files):
    """In the place of datasets.load_dataset: rows of data/CODE.jsonl."""
    def load(name, path, revision):
        with open(files[f"data/{name}.jsonl"], encoding="utf-8") as lines:
            return {"test": [json.loads(line) for line in lines]}
    return load


def serve_parquet(files):
    """In the place of the hub: configurations and splits are those of CONFIG/SPLIT-00000-of-00001.parquet."""
    places = {tuple(name.split("/")[-2:]): path for name, path in files.items()}
    known = {(config, file.split("-")[0]): path for (config, file), path in places.items()}
    loaders = retrieval_dataset_loaders
    loaders.get_dataset_config_names = lambda repo, revision: sorted({config for config, _ in known})
    loaders.get_dataset_split_names = lambda repo, revision, config_name: [s for c, s in known if c == config_name]
    loaders.load_dataset = lambda repo, config, split, **kwargs: datasets.Dataset.from_parquet(known[config, split])


def texts_of(table):
    return [(f'{row["title"]} {row["text"]}' if row.get("title") else row["text"]).strip() for row in table]


def by_trec_eval(model, data):
    corpus, queries, qrels = list(data["corpus"]), list(data["queries"]), data["relevant_docs"]
    passages = model.vectors(texts_of(corpus), "passage")
    asked = model.vectors([row["text"] for row in queries], "query")
    scores = asked @ passages.T
    run = {
        query["id"]: {document["id"]: float(score) for document, score in zip(corpus, row)}
        for query, row in zip(queries, scores)
    }
    qrels = {query: {document: int(grade) for document, grade in own.items()} for query, own in qrels.items()}
    measured = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10"}).evaluate(run)
    value = float(numpy.mean([one["ndcg_cut_10"] for one in measured.values()]))
    return {"trecEval": value, "documents": len(corpus), "queries": len(queries)}


answer = []
for job in json.load(sys.stdin):
    task = mteb.get_task(job["task"])
    task.hf_subsets = job["subsets"]
    if job["task"] == "BelebeleRetrieval":
        belebele_retrieval.load_dataset = belebele_rows(job["files"])
    else:
        serve_parquet(job["files"])
    model = Model(job["folder"])
    scores = task.evaluate(model, "test", encode_kwargs={})
    answer.append(
        {
            subset: {"mteb": scores[subset]["ndcg_at_10"], **by_trec_eval(model, task.dataset[subset]["test"])}
            for subset in job["subsets"]
        }
    )
json.dump(answer, sys.stdout)
