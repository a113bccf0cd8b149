"""XQuAD-R's questions to its sentences by sentence-transformers, scored from its own files: nothing of the lab's is used.

In: {data: folder of <language>.json, languages, folders: of models}; out: for each folder {mono, cross, multi, rankDistance,
sameLanguageShare}, means over the questions of each language, then over languages.
"""
import json
import sys
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer


def read(path: Path):
    """Sentences, and (id, question, place of its answer's sentence)."""
    sentences, questions = [], []
    for article in json.loads(path.read_text(encoding="utf8"))["data"]:
        for paragraph in article["paragraphs"]:
            first = len(sentences)
            sentences += paragraph["sentences"]
            for asked in paragraph["qas"]:
                start = asked["answers"][0]["answer_start"]
                inside = [i for i, (a, b) in enumerate(paragraph["sentence_breaks"]) if a <= start < b]
                questions += [(asked["id"], asked["question"], first + inside[0])] if inside else []
    return sentences, questions


def ranks(scores: np.ndarray, relevant: list[int]) -> np.ndarray:
    """Ascending; the first of equal scores comes first."""
    order = np.argsort(-scores, kind="stable")
    place = np.empty(len(order), int)
    place[order] = np.arange(1, len(order) + 1)
    return np.sort(place[relevant])


def precision(places: np.ndarray) -> float:
    return float((np.arange(1, len(places) + 1) / places).mean())


def score(model: SentenceTransformer, sets: dict) -> dict[str, float]:
    encode = lambda texts, prompt: model.encode(texts, prompt_name=prompt, show_progress_bar=False)
    starts = dict(zip(sets, np.cumsum([0] + [len(s) for s, _ in sets.values()])))
    pool = np.concatenate([encode(sentences, "document") for sentences, _ in sets.values()])
    right = {language: {name: starts[language] + at for name, _, at in asked} for language, (_, asked) in sets.items()}
    span = {language: slice(starts[language], starts[language] + len(s)) for language, (s, _) in sets.items()}
    language_of = np.concatenate([np.full(len(s), i) for i, (s, _) in enumerate(sets.values())])
    means = []
    for i, (language, (_, asked)) in enumerate(sets.items()):
        found = []
        for (name, _, _), scores in zip(asked, encode([text for _, text, _ in asked], "query") @ pool.T):
            in_one = {
                other: precision(ranks(scores[span[other]], [right[other][name] - starts[other]]))
                for other in sets
                if name in right[other]
            }
            places = ranks(scores, [right[other][name] for other in in_one])
            crossed = [value for other, value in in_one.items() if other != language]
            same = (language_of[np.argsort(-scores, kind="stable")[:10]] == i).mean()
            found.append([in_one[language], np.mean(crossed), precision(places), places[-1] - places[0], same])
        means.append(np.mean(found, axis=0))
    names = ["mono", "cross", "multi", "rankDistance", "sameLanguageShare"]
    return dict(zip(names, np.mean(means, axis=0).tolist()))


question = json.load(sys.stdin)
sets = {language: read(Path(question["data"]) / f"{language}.json") for language in question["languages"]}
models = (SentenceTransformer(folder, device="cpu", local_files_only=True) for folder in question["folders"])
json.dump([score(model, sets) for model in models], sys.stdout)
