"""Numbers of an independent tool for stats.test.ts: scipy's bootstrap (percentile), permutation test, and Holm by hand.

Run: /usr/bin/python3 src/core/stats/scipyReference.py > src/core/stats/scipyReference.fixture.json
Made with scipy 1.10.1, numpy of the same system. The values are invented: two runs, three languages, 40 concepts, the
concept's difficulty shared by its questions.
"""
import json
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(5)
C, L = 40, 3
difficulty = rng.beta(2, 2, size=(C, 1))
first = np.round(np.clip(difficulty + rng.normal(0.02, 0.10, size=(C, L)), 0, 1), 4)
second = np.round(np.clip(difficulty + rng.normal(0.00, 0.10, size=(C, L)), 0, 1), 4)
missing = np.zeros((C, L), bool)
missing[5:15, 2] = True  # the third language lacks ten concepts
first[missing] = np.nan
second[missing] = np.nan


def overall(rows):
    """Mean over languages of the means over queries."""
    return np.nanmean(np.nanmean(rows, axis=0))


def bootstrap(values, statistic):
    rows = np.arange(C)
    result = stats.bootstrap(
        (rows,),
        lambda i: statistic(values[i.astype(int)]),
        vectorized=False,
        n_resamples=100_000,
        method="percentile",
        random_state=1,
    )
    return [result.confidence_interval.low, result.confidence_interval.high]


def randomisation(diff, statistic):
    """Swapping two runs in a cluster is a change of sign of its differences."""
    rows = np.arange(C)
    result = stats.permutation_test(
        (np.ones(C), -np.ones(C)),
        lambda x, y: statistic(diff * x[:, None]),
        permutation_type="samples",
        vectorized=False,
        n_resamples=100_000,
        alternative="two-sided",
        random_state=1,
    )
    return result.pvalue


def language(l):
    return lambda rows: np.nanmean(rows[:, l])


diff = first - second
nulls = lambda a: [[None if np.isnan(x) else x for x in row] for row in a.tolist()]
json.dump(
    {
        "tool": f"scipy {scipy.__version__}, 100,000 resamples",
        "first": nulls(first),
        "second": nulls(second),
        "firstInterval": bootstrap(first, overall),
        "firstIntervals": [bootstrap(first, language(l)) for l in range(L)],
        "difference": overall(diff),
        "differenceInterval": bootstrap(diff, overall),
        "p": randomisation(diff, overall),
        "ps": [randomisation(diff, language(l)) for l in range(L)],
    },
    sys.stdout,
    indent=1,
)
print()
