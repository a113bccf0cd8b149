# Makes bm25Reference.fixture.json: scores of the Python package bm25s (method "lucene", the formula of Lucene without its lossy
# lengths) for invented texts. Words are split at spaces on both sides, so that only scores are held against each other.
#   pip install bm25s && python src/core/baselines/bm25Reference.py
import json
import random
from pathlib import Path

import bm25s

random.seed(7)
WORDS = [f"w{i}" for i in range(30)]
WEIGHTS = [1 / (i + 1) for i in range(30)]  # a few words are everywhere


def text(most):
    return random.choices(WORDS, WEIGHTS, k=random.randint(1, most))


texts = [text(25) for _ in range(40)]
questions = [text(6) for _ in range(10)]
cases = []
for k1, b in [(0.9, 0.4), (1.2, 0.75)]:
    index = bm25s.BM25(method="lucene", k1=k1, b=b, dtype="float64")
    index.index(texts, show_progress=False)
    scores = [[round(float(s), 9) for s in index.get_scores(question)] for question in questions]
    cases.append({"k1": k1, "b": b, "scores": scores})
out = {
    "bm25s": bm25s.__version__,
    "texts": [" ".join(words) for words in texts],
    "questions": [" ".join(words) for words in questions],
    "cases": cases,
}
Path(__file__).with_name("bm25Reference.fixture.json").write_text(json.dumps(out) + "\n")
