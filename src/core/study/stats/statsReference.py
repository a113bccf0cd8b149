"""Numbers of independent tools for reference.test.ts: scipy, and statsmodels for least squares and tables of variance.

Run, with scipy and statsmodels: python3 src/core/study/stats/statsReference.py > src/core/study/stats/statsReference.fixture.json
Made with scipy 1.17.1, numpy 2.4.6 and statsmodels 0.15.0. The values are invented: three kinds in ten blends and five seeds; four seeds
of twelve questions; three cells' differences from a control over seven seeds.
"""
import itertools
import json
import sys

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.stats.anova import anova_lm

rng = np.random.default_rng(16)

# t and F
t = [[p, df, stats.t.ppf(p, df)] for p in [0.6, 0.95, 0.975, 0.999] for df in [1, 2.5, 5, 9.3, 45]]
upper_t = [[x, df, stats.t.sf(x, df)] for x in [-2, 0.3, 2.1, 6] for df in [2, 5.5, 36]]
upper_f = [[x, a, b, stats.f.sf(x, a, b)] for x in [0.2, 1, 3.7, 20] for a, b in [(1, 5), (4, 36), (3, 18)]]

# a triangle
third = 1 / 3
blends = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5], [third] * 3]
blends += [[2 / 3, 1 / 6, 1 / 6], [1 / 6, 2 / 3, 1 / 6], [1 / 6, 1 / 6, 2 / 3]]
x = np.array(blends)
truth = x @ [0.70, 0.78, 0.74] + 0.1 * x[:, 0] * x[:, 1] + 0.03 * x[:, 1] * x[:, 2]
values = np.round(truth[:, None] + rng.normal(0, 0.02, 5)[None] + rng.normal(0, 0.01, (10, 5)), 4)


def synergy(b, spread, df, first, second, bend):
    """b_ij with its 95 % interval; p that some blend and that the even one beat both kinds; that they do not."""
    def t_of(w):
        return float(w @ b / np.sqrt(w @ spread @ w))

    half = stats.t.ppf(0.975, df) * np.sqrt(bend @ spread @ bend)
    found = {"bend": [float(bend @ b), float(bend @ b - half), float(bend @ b + half)], "beats": [], "never": []}
    for k in (1, 2):
        ts = [t_of(bend + sign * k * (first - second)) for sign in (-1, 1)]
        found["beats"].append(max(float(stats.t.sf(t, df)) for t in ts))
        found["never"].append(min(1.0, 2 * min(float(stats.t.cdf(t, df)) for t in ts)))
    return found


def measured():
    """The same from cell means alone: pure kinds are cells 0 to 2, even blends 3 to 5."""
    frame = pd.DataFrame([dict(y=values[i, j], cell=str(i), seed=str(j)) for i in range(10) for j in range(5)])
    full = smf.ols("y ~ 0 + C(cell) + C(seed, Sum)", frame).fit()
    b, spread = full.params.to_numpy()[:10], full.cov_params().to_numpy()[:10, :10]
    unit = np.eye(10)
    edges = [(0, 1, 3), (0, 2, 4), (1, 2, 5)]
    bend = {h: 4 * unit[h] - 2 * unit[i] - 2 * unit[j] for i, j, h in edges}
    return [synergy(b, spread, full.df_resid, unit[i], unit[j], bend[h]) for i, j, h in edges]


def fit(cubic):
    rows = []
    for i, j in itertools.product(range(10), range(5)):
        a, b, c = x[i]
        rows.append(dict(y=values[i, j], a=a, b=b, c=c, ab=a * b, ac=a * c, bc=b * c, abc=a * b * c, cell=str(i), seed=str(j)))
    frame = pd.DataFrame(rows)
    terms = ["a", "b", "c", "ab", "ac", "bc"] + (["abc"] if cubic else [])
    # Seeds by sum coding: b then stands for the mean seed. Without its constant, which the three shares span.
    model = smf.ols("y ~ 0 + " + " + ".join(terms), frame)
    seeds = np.array([[(s == str(k)) - (s == "4") for k in range(4)] for s in frame.seed], float)
    import statsmodels.api as sm

    blocked = sm.OLS(frame.y, np.hstack([model.exog, seeds])).fit()
    full = smf.ols("y ~ C(cell) + C(seed)", frame).fit()
    f, p, extra = full.compare_f_test(blocked)
    p_terms = len(terms)
    spread = blocked.normalized_cov_params.to_numpy() if hasattr(blocked.normalized_cov_params, "to_numpy") else blocked.normalized_cov_params
    spread = spread[:p_terms, :p_terms] * full.mse_resid
    b = blocked.params.to_numpy()[:p_terms]
    at = np.array([0.2, 0.5, 0.3, 0.1, 0.06, 0.15] + ([0.03] if cubic else []))
    unit = np.eye(p_terms)
    edges = [(unit[i], unit[j], unit[ij]) for i, j, ij in [(0, 1, 3), (0, 2, 4), (1, 2, 5)]]
    return {
        "b": b.tolist(),
        "se": np.sqrt(np.diag(spread)).tolist(),
        "df": int(full.df_resid),
        "error": float(np.sqrt(full.mse_resid)),
        "lackOfFit": [float(f), int(extra), float(p)],
        "at": [float(at @ b), float(np.sqrt(at @ spread @ at))],
        "synergies": [synergy(b, spread, full.df_resid, *edge) for edge in edges],
    }


# two ways
table = np.round(0.01 + rng.normal(0, 0.02, (4, 1)) + rng.normal(0, 0.05, (1, 12)) + rng.normal(0, 0.04, (4, 12)), 4)
frame = pd.DataFrame([dict(y=table[s, q], s=str(s), q=str(q)) for s in range(4) for q in range(12)])
squares = anova_lm(smf.ols("y ~ C(s) + C(q)", frame).fit())
ms_s, ms_q, ms_e = squares["mean_sq"].tolist()
df_s, df_q, df_e = squares["df"].tolist()
total = ms_s + ms_q - ms_e
df = total**2 / (ms_s**2 / df_s + ms_q**2 / df_q + ms_e**2 / df_e)
half = stats.t.ppf(0.975, df) * np.sqrt(total / table.size)

# a family, by counting every pattern: step down from the largest mean
cells = np.round(rng.normal(0, 1, (3, 7)) + np.array([[1.2], [0.5], [0]]), 3)
patterns = np.array(list(itertools.product([1, -1], repeat=7)))
sums = np.abs(patterns @ cells.T)  # (128, 3)
found = np.abs(cells.sum(1))
adjusted = np.ones(3)
order = np.argsort(-found)
highest = 0.0
for at, k in enumerate(order):
    highest = max(highest, float(np.mean(sums[:, order[at:]].max(1) >= found[k] - 1e-9)))
    adjusted[k] = highest
single = [
    float(stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue) for d in cells
]

json.dump(
    {
        "tool": f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}",
        "t": t,
        "upperT": upper_t,
        "upperF": upper_f,
        "blends": blends,
        "values": values.tolist(),
        "quadratic": fit(False),
        "cubic": fit(True),
        "measured": measured(),
        "table": table.tolist(),
        "twoWay": {"mean": float(table.mean()), "half": float(half), "df": float(df), "rest": ms_e,
                   "seeds": (ms_s - ms_e) / 12, "clusters": (ms_q - ms_e) / 4},
        "cells": cells.tolist(),
        "adjusted": adjusted.tolist(),
        "single": single,
    },
    sys.stdout,
    indent=1,
)
print()
