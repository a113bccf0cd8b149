"""Numbers of an independent tool for resampled.test.ts: scipy's bootstrap (percentile) and permutation test; studentised by numpy.

Run: /usr/bin/python3 src/core/stats/scipyReference.py > src/core/stats/scipyReference.fixture.json
Made with scipy 1.17.1 and numpy 2.4.6. The values are invented: two runs, three languages, 40 concepts, the
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


def studentised(values, wanted):
    """Bootstrap-t by numpy alone: each resample's own standard error, by linearising the ratios over concepts."""
    gen = np.random.default_rng(3)

    def mean_and_error(counts):
        n = counts[:, :, None] * there[None]  # (B, C, L) how often each value was drawn
        means = (counts @ filled) / n.sum(1)  # (B, L)
        moved = (filled[None] - means[:, None] * there[None]) / n.sum(1)[:, None]  # (B, C, L)
        moved = moved[:, :, wanted].mean(2)
        size = (counts[:, :, None] * there[None][:, :, wanted]).any(2).astype(float) * counts
        drawn = size.sum(1)
        error = np.sqrt((counts * moved**2).sum(1) * drawn / (drawn - 1))
        return means[:, wanted].mean(1), error

    there = (~np.isnan(values)).astype(float)
    filled = np.nan_to_num(values)
    estimate, error = (x[0] for x in mean_and_error(np.ones((1, C))))
    t = []
    for _ in range(100):
        counts = gen.multinomial(C, np.full(C, 1 / C), size=1000).astype(float)
        m, s = mean_and_error(counts)
        t.append((m - estimate) / s)
    low, high = np.quantile(np.concatenate(t), [0.025, 0.975])
    return [estimate - high * error, estimate - low * error]


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
        "firstStudentised": studentised(first, [0, 1, 2]),
        "thirdStudentised": studentised(first, [2]),
        "difference": overall(diff),
        "differenceInterval": bootstrap(diff, overall),
        "differenceStudentised": studentised(diff, [0, 1, 2]),
        "p": randomisation(diff, overall),
        "ps": [randomisation(diff, language(l)) for l in range(L)],
    },
    sys.stdout,
    indent=1,
)
print()
