"""trec_eval's own code (pytrec_eval) and ir_measures on run and qrels files given as text: every value of every query.

In: {pairs: [{run, qrels}], measures: names as pytrec_eval takes them, calls: lists of names as ir_measures takes them}.
"""
import json
import sys

import ir_measures
import pytrec_eval

question = json.load(sys.stdin)
calls = [[ir_measures.parse_measure(name) for name in names] for names in question["calls"]]
answer = []
for pair in question["pairs"]:
    qrels = pytrec_eval.parse_qrel(pair["qrels"].splitlines(True))
    run = pytrec_eval.parse_run(pair["run"].splitlines(True))
    queries = pytrec_eval.RelevanceEvaluator(qrels, set(question["measures"])).evaluate(run)
    rows = lambda read, text: list(read(text))
    judged = rows(ir_measures.read_trec_qrels, pair["qrels"])
    ranked = rows(ir_measures.read_trec_run, pair["run"])
    by_name, means = {}, {}
    for names in calls:
        for value in ir_measures.iter_calc(names, judged, ranked):
            by_name.setdefault(value.query_id, {})[str(value.measure)] = value.value
        means |= {str(m): v for m, v in ir_measures.calc_aggregate(names, judged, ranked).items()}
    registry = sorted(ir_measures.measures.registry)
    answer.append({"queries": queries, "irQueries": by_name, "irMeans": means, "registry": registry})
json.dump(answer, sys.stdout)
