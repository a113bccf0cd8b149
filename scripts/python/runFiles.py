"""What ir_measures, trec_eval, ranx and mteb find in the files of one run.

In: {dir: a folder of NAME.run and NAME.qrels, names, ranx: one of names, report: mteb's file}.
"""
import json
import logging
import sys
import warnings
from pathlib import Path

import ir_measures
import pytrec_eval
from ir_measures import AP, RR, R, nDCG
from mteb.results import TaskResult

warnings.filterwarnings("ignore")  # numba's, of ranx's own code
import ranx

question = json.load(sys.stdin)
folder = Path(question["dir"])
measured = {}
for name in question["names"]:
    qrels = list(ir_measures.read_trec_qrels(str(folder / f"{name}.qrels")))
    run = ir_measures.read_trec_run(str(folder / f"{name}.run"))
    found = ir_measures.calc_aggregate([AP, RR, nDCG @ 10, R @ 100], qrels, run)
    measured[name] = {str(measure): value for measure, value in found.items()}

name = question["ranx"]
with open(folder / f"{name}.qrels") as qrels, open(folder / f"{name}.run") as run:
    evaluator = pytrec_eval.RelevanceEvaluator(pytrec_eval.parse_qrel(qrels), {"map", "ndcg_cut.10"})
    queries = evaluator.evaluate(pytrec_eval.parse_run(run)).values()
trec_eval = {measure: sum(own[measure] for own in queries) / len(queries) for measure in ("map", "ndcg_cut_10")}

qrels = ranx.Qrels.from_file(str(folder / f"{name}.qrels"), kind="trec")
run = ranx.Run.from_file(str(folder / f"{name}.run"), kind="trec")
found = ranx.evaluate(qrels, run, ["map", "mrr", "ndcg@10", "recall@100"])

result = TaskResult.from_disk(Path(question["report"]), load_historic_data=False)
report = {
    "task": result.task_name,
    "splits": result.eval_splits,
    "languages": sorted(result.languages),
    "score": result.get_score(),
    "scores": [row for split in result.scores.values() for row in split],
}
json.dump({"irMeasures": measured, "trecEval": trec_eval, "ranx": {key: float(value) for key, value in found.items()}, "mteb": report}, sys.stdout)
