"""trec_eval's measures computed a second time, with numpy and from the definitions, for numpyReference.test.ts.

Run: /usr/bin/python3 src/core/trec/numpyReference.py > src/core/trec/numpyReference.fixture.json
Made with numpy 1.24.2. Runs and judgements are invented: ties in half of the scores, grades -1 to 3, documents that are not
judged, relevant ones that are not retrieved, R above and below every cut, ids beyond the basic plane.

Ranks are found by another way than the lab's: stable sorts on the bytes of the ids and then on the scores, and matrices
over all cuts at once instead of loops that stop.
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(20)
CUTS = np.array([1, 5, 10, 15, 20, 30, 100])
PREFIXES = ["d", "\uff61", "\U0001f600", "D"]


def topic(n_documents, n_judged, share_relevant):
    ids = [f"{PREFIXES[i % 4]}{i}" for i in range(n_documents)]
    scores = np.where(
        rng.random(n_documents) < 0.5, rng.integers(0, 6, n_documents) / 4, np.round(rng.normal(size=n_documents), 3)
    )
    retrieved = rng.random(n_documents) < 0.8
    judged = rng.choice(n_documents, size=n_judged, replace=False)
    grades = np.where(
        rng.random(n_judged) < share_relevant, rng.integers(1, 4, n_judged), rng.integers(-1, 1, n_judged)
    )
    return ids, scores, retrieved, {ids[d]: int(g) for d, g in zip(judged, grades)}


def measures(ids, scores, retrieved, judgements):
    kept = [i for i in range(len(ids)) if retrieved[i]]
    kept.sort(key=lambda i: ids[i].encode("utf-8"), reverse=True)  # ties: id descending, as bytes
    kept.sort(key=lambda i: -np.float32(scores[i]))  # stable
    grade = np.array([judgements.get(ids[i], -1) for i in kept])
    rel = (grade > 0).astype(float)
    n = len(rel)
    rank = np.arange(1, n + 1)
    all_grades = np.array(sorted((g for g in judgements.values() if g > 0), reverse=True), float)
    R = len(all_grades)
    n_nonrelevant = sum(g == 0 for g in judgements.values())
    inside = rank[None, :] <= CUTS[:, None]  # (cuts, ranks)
    precision = np.cumsum(rel) / rank
    hits = inside @ rel
    ap = inside @ (rel * precision)
    gain = np.maximum(grade, 0) / np.log2(rank + 1)
    ideal = all_grades / np.log2(np.arange(2, R + 2))
    ideal_at = (np.arange(1, R + 1)[None, :] <= CUTS[:, None]) @ ideal
    least = np.minimum(CUTS, R)
    first = rank[rel > 0][0] if rel.any() else np.inf
    bad_above = np.cumsum(grade == 0)
    bound = min(R, n_nonrelevant)
    bpref = sum(1 - min(b, R) / bound if b > 0 else 1 for b in bad_above[rel > 0]) / R
    result = {
        "num_ret": n,
        "num_rel": R,
        "num_rel_ret": int(rel.sum()),
        "map": (rel * precision).sum() / R,
        "recip_rank": 1 / first,
        "Rprec": rel[:R].sum() / R,
        "bpref": bpref,
        "ndcg": gain.sum() / ideal.sum(),
    }
    for level in (0.0, 0.1, 0.5, 1.0):
        wanted = int(level * R + 0.9)
        reached = precision[np.cumsum(rel) >= wanted]
        result[f"iprec_at_recall_{level:.2f}"] = reached.max() if len(reached) else 0.0
    for k, cut in enumerate(CUTS):
        result[f"P_{cut}"] = hits[k] / cut
        result[f"recall_{cut}"] = hits[k] / R
        result[f"success_{cut}"] = float(hits[k] > 0)
        result[f"map_cut_{cut}"] = ap[k] / R
        result[f"map_cut_min_{cut}"] = ap[k] / least[k]
        result[f"recall_min_{cut}"] = hits[k] / least[k]
        result[f"ndcg_cut_{cut}"] = (inside[k] @ gain) / ideal_at[k]
        result[f"recip_rank_cut_{cut}"] = 1 / first if first <= cut else 0.0
    return {name: float(value) for name, value in result.items()}


run, qrels, queries = [], [], {}
for t, shape in enumerate([(8, 5, 0.5), (30, 20, 0.3), (120, 90, 0.4), (160, 40, 0.9), (25, 25, 0.1), (60, 30, 0.5)]):
    while True:
        ids, scores, retrieved, judgements = topic(*shape)
        if any(g > 0 for g in judgements.values()) and retrieved.any():
            break
    lines = [f"t{t} Q0 {ids[i]} 0 {scores[i]} numpy" for i in range(len(ids)) if retrieved[i]]
    run += [lines[i] for i in rng.permutation(len(lines))]  # the order of lines means nothing
    qrels += [f"t{t} 0 {document} {grade}" for document, grade in judgements.items()]
    queries[f"t{t}"] = measures(ids, scores, retrieved, judgements)

names = list(queries["t0"])
summed = {"num_ret", "num_rel", "num_rel_ret"}
every = {name: [q[name] for q in queries.values()] for name in names}
overall = {name: float(np.sum(v) if name in summed else np.mean(v)) for name, v in every.items()}
overall["gm_map"] = float(np.exp(np.mean(np.log(np.maximum(every["map"], 1e-5)))))
json.dump({"run": run, "qrels": qrels, "queries": queries, "all": overall}, sys.stdout, ensure_ascii=False, indent=0)
