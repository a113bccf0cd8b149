"""The record of a run as the lab reads it: run.json, with its digest over numbers as JavaScript spells them (RFC 8785)."""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import torch

Points = list[dict[str, Any]]


def number(value: float) -> str:
    """ECMAScript's Number::toString: the shortest digits that are this double, plain from 1e-6 to 1e21."""
    if not math.isfinite(value):
        raise ValueError(f"a record cannot hold {value}")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    text = "".join(map(str, digits))
    places = len(text) + int(exponent)  # digits before the point
    if len(text) <= places <= 21:
        text += "0" * (places - len(text))
    elif 0 < places <= 21:
        text = f"{text[:places]}.{text[places:]}"
    elif -6 < places <= 0:
        text = f"0.{'0' * -places}{text}"
    else:
        e = places - 1
        text = f"{text[0]}{'.' + text[1:] if len(text) > 1 else ''}e{'+' if e > 0 else '-'}{abs(e)}"
    return f"-{text}" if sign else text


def canonical(value: Any) -> str:
    """JSON with keys in UTF-16 order and no white space: RFC 8785."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, list):
        return f"[{','.join(map(canonical, value))}]"
    members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be", "surrogatepass"))
    return f"{{{','.join(f'{canonical(key)}:{canonical(of)}' for key, of in members)}}}"


def placed(values: dict[str, Any], places: dict[str, list[str]]) -> dict[str, Any]:
    """Numbers by metric path, each where a record has it."""
    form: dict[str, Any] = {}
    for path, value in values.items():
        group, *name = places[path]
        if name:
            form.setdefault(group, {})[name[0]] = value
        else:
            form[group] = value
    return form


def final_form(result: dict[str, Any], metrics: list[dict[str, Any]]) -> dict[str, Any]:
    places = {m["path"]: m["place"] for m in metrics}
    own = {m["path"]: m["languagePlace"] for m in metrics}
    per_language = {lang: {**placed(of["values"], own), "queries": of["queries"]} for lang, of in result["perLanguage"].items()}
    rest = {name: value for name, value in result.items() if name not in ("values", "perLanguage")}
    return {**placed(result["values"], places), "perLanguage": per_language, **rest}


def eval_points(result: dict[str, Any], step: int, metrics: list[dict[str, Any]], by_language: list[str]) -> Points:
    def points(values: dict[str, Any], paths: list[str], **more: str) -> Points:
        return [{"step": step, "metric": path, "value": values[path], **more} for path in paths if values[path] is not None]

    own = [points(of["values"], by_language, lang=lang) for lang, of in result["perLanguage"].items()]
    return sum(own, points(result["values"], [m["path"] for m in metrics]))


def rounded(counts: dict[str, float]) -> dict[str, float]:
    return {key: math.floor(n * 1e9 + 0.5) / 1e9 for key, n in counts.items()}


def engine_of(device: torch.device, ranks: int, gathered: bool, options: argparse.Namespace) -> dict[str, Any]:
    """Who trained the run, and what of it is not the lab's way."""
    names = ("sentence-transformers", "torch", "transformers", "accelerate")
    return {
        "name": "sentence-transformers",
        "versions": {name: importlib.metadata.version(name) for name in names},
        "ranks": ranks,
        "device": torch.cuda.get_device_name() if device.type == "cuda" else "CPU",
        "negatives": "all ranks" if gathered else "own rank",
        "optimizer": options.optimizer,
        "precision": "float32" if options.precision == "no" else options.precision,
    }


def adapter_of(engine: dict[str, Any]) -> str:
    """What trained it, as far as its numbers hang on that: cells of a study are compared where it is the same."""
    words = [engine["name"], engine["device"], f"{engine['ranks']} process{'es' if engine['ranks'] > 1 else ''}"]
    words += ["negatives of each process alone"] if engine["negatives"] == "own rank" else []
    words += ["torch’s AdamW"] if engine["optimizer"] == "torch" else []
    words += [] if engine["precision"] == "float32" else [engine["precision"]]
    return ", ".join(words)


def differing(a: Any, b: Any, path: str = "") -> list[str]:
    """Paths at which two forms are not alike."""
    if isinstance(a, dict) and isinstance(b, dict):
        return [name for key in {**a, **b} for name in differing(a.get(key), b.get(key), f"{path}.{key}" if path else key)]
    return [] if a == b else [path]


def check_same(place: Path, was: dict[str, Any], asked: dict[str, Any]) -> None:
    other = differing(was, asked)
    if other:
        raise SystemExit(f"{place} is of another run: {', '.join(other)} differ; name another folder with --out")


def record_of(facts: dict[str, Any], made_by: dict[str, Any], told: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    """
    @param made_by spec as trained, engine, encoder's sha256; @param told points, realised counts and, of a run that was stopped, its
    steps; @param result of the last evaluation
    """
    engine, sha256 = made_by["engine"], made_by["encoder"]
    final = final_form(result, facts["metrics"])
    own: dict[str, Any] = {"trajectory": facts["trajectory"]} if facts["trajectory"] else {}
    if told["stoppedAt"] is not None:
        own["stoppedAt"] = told["stoppedAt"]
    shared = {"schema": "hybrid-batch-lab/run@1", **own, "engine": engine, "points": told["points"], "realised": rounded(told["realised"])}
    digested = {
        **shared,
        **({"trajectory": facts["digestedTrajectory"]} if own.get("trajectory") else {}),
        "spec": facts["digestedSpec"],
        "data": facts["dataSha256"],
        "encoder": sha256,
        "points": [point for point in told["points"] if not point["metric"].startswith("perf/")],
        "final": {name: value for name, value in final.items() if name != "skippedPairs"},
    }
    return {
        **shared,
        "format": facts["format"],
        "spec": made_by["spec"],
        "environment": {
            "backend": "cpu",  # what the lab would train it on again; who trained it, `engine` says
            "adapter": adapter_of(engine),
            "versions": {"lab": facts["lab"], **engine["versions"]},
            "dataSha256": facts["dataSha256"],
            "encoderSha256": sha256,
        },
        "final": final,
        "digest": hashlib.sha256(canonical(digested).encode("utf-8", "surrogatepass")).hexdigest(),
    }
