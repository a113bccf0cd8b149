"""The mix of kinds and the weights of their losses, at each step."""

from __future__ import annotations

import math
from typing import Any

from .kinds import NAMES
from .streams import Random, total

Ratio = dict[str, float]


def used_kinds(spec: dict[str, Any]) -> list[str]:
    batch = spec["batch"]
    mixes = [point["weights"] for point in batch["curve"]] if batch["schedule"] == "drawn" else [batch["ratio"]]
    if batch["schedule"] in ("linear", "cosine", "step", "competence"):
        mixes.append(batch["ratioEnd"])
    return [kind for kind in NAMES if any(mix[kind] > 0 for mix in mixes)]


def moment_of(spec: dict[str, Any], step: int) -> float:
    return min(1, step / (spec["steps"] - 1)) if spec["steps"] > 1 else 0


def curve_at(curve: list[dict[str, Any]], moment: float) -> Ratio:
    t = math.floor(moment * 1e6 + 0.5) / 1e6
    after = next((i for i, point in enumerate(curve) if point["at"] >= t), None)
    if after is None:
        return curve[-1]["weights"]
    if after == 0:
        return curve[0]["weights"]
    a, b = curve[after - 1], curve[after]
    part = (t - a["at"]) / (b["at"] - a["at"])
    return {kind: a["weights"][kind] + part * (b["weights"][kind] - a["weights"][kind]) for kind in NAMES}


def random_shares(spec: dict[str, Any], stream: str, step: int) -> Ratio:
    rule, kinds = spec["rule"], used_kinds(spec)
    random = Random(str(spec["seed"])).fork(f"random {stream}").fork(step // rule["every"])
    z = {kind: random.normal() / (rule["temperature"] or 1) for kind in kinds}
    e = {kind: math.exp(z[kind] - max(z.values())) for kind in kinds}
    whole = total([e[kind] for kind in kinds])
    return {kind: e[kind] / whole if kind in e else 0 for kind in NAMES}


def ratio_at(spec: dict[str, Any], step: int) -> Ratio:
    batch, t = spec["batch"], moment_of(spec, step)
    if batch["schedule"] == "drawn":
        return curve_at(batch["curve"], t)
    if batch["schedule"] == "random":
        shares, kinds, floor = random_shares(spec, "mix", step), used_kinds(spec), spec["rule"]["floor"]
        return {kind: (1 - len(kinds) * floor) * shares[kind] + floor if kind in kinds else 0 for kind in NAMES}
    moved = {
        "linear": t,
        "cosine": (1 - math.cos(math.pi * t)) / 2,
        "step": 1 if t >= 0.5 else 0,
        "competence": min(1, math.sqrt(t * (1 - 0.01**2) + 0.01**2)),
    }
    if batch["schedule"] not in moved:
        return batch["ratio"]  # a rule that decides while training begins with it; its decisions are in the trajectory
    c = moved[batch["schedule"]]
    return {kind: (1 - c) * batch["ratio"][kind] + c * batch["ratioEnd"][kind] for kind in NAMES}


def weights_at(spec: dict[str, Any], step: int) -> Ratio:
    loss = spec["loss"]
    if loss["weighting"] == "drawn":
        return curve_at(loss["curve"], moment_of(spec, step))
    if loss["weighting"] != "random":
        return loss["weights"]
    shares, kinds = random_shares(spec, "weights", step), used_kinds(spec)
    return {kind: loss["weights"][kind] * len(kinds) * shares[kind] if kind in kinds else loss["weights"][kind] for kind in NAMES}


def decided(trajectory: list[dict[str, Any]], what: str, step: int, since: int) -> Ratio | None:
    """The latest decision about `what` that holds at a step; those before `since` were about a run that was branched off."""
    there = [one[what] for one in trajectory if since <= one["step"] <= step and one.get(what)]
    return there[-1] if there else None
