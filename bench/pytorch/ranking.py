"""Ranks a pool for every query by matmul and argsort in PyTorch, one thread: a baseline of the case "evaluation".

usage: ranking.py QUERIES CANDIDATES WIDTH. For each line on stdin, ranks all and prints
{"wallMs", "cpuMs", "matmulMs"}. Computes no metric: sorting alone is what counting is held against.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before torch loads its libraries

import torch  # noqa: E402

torch.set_num_threads(1)
n_queries, n_candidates, width = map(int, sys.argv[1:4])
torch.manual_seed(1)
queries = torch.nn.functional.normalize(torch.randn(n_queries, width), dim=1)
candidates = torch.nn.functional.normalize(torch.randn(n_candidates, width), dim=1)
BLOCK = 512  # queries; 27 MB of scores

for _ in sys.stdin:
    wall, cpu = time.perf_counter(), time.process_time()
    matmul = 0.0
    for start in range(0, n_queries, BLOCK):
        at = time.perf_counter()
        scores = queries[start : start + BLOCK] @ candidates.T
        matmul += time.perf_counter() - at
        scores.argsort(dim=1, descending=True)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"wallMs": wall * 1000, "cpuMs": cpu * 1000, "matmulMs": matmul * 1000}), flush=True)
