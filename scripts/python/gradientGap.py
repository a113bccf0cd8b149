# How far gradients that projectGradients.py left are from each other, as shares of their length.
import json
import sys

import torch

question = json.load(sys.stdin)
one, two = torch.load(question["one"]), torch.load(question["two"])


def gap(a, b):
    return float((a - b).norm() / a.norm())


print(
    json.dumps(
        {
            "ranks": gap(one["all"], two["all"]),
            "chunks": gap(one["all"], one["chunked"]),
            "chunksOfRanks": gap(one["all"], two["chunked"]),
            "own": gap(one["all"], two["own"]),
        }
    )
)
