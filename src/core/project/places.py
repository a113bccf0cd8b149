"""Where a run's files go: a folder of its own, or, of a study, the study's folder, as `lab report` and `lab sweep --collect` read it."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from project import Project


@dataclass(frozen=True)
class Places:
    record: Path
    work: Path  # its checkpoint, while it is trained
    kept: Path | None  # model and rankings; None: they are not kept
    queries: Path | None  # what single questions came to, beside the record; None: in it

    @staticmethod
    def of(project: Project, options: argparse.Namespace, encoder_id: str) -> Places:
        if project.run is None or options.out:
            out = options.out or project.root / "out"
            return Places(out / "run.json", out, out, None)
        if options.steps:
            raise SystemExit("--steps makes another run than the study's; name a folder for it with --out")
        root, run = _study_folder(project, encoder_id, options.lr), project.run
        return Places(root / "runs" / f"{run}.json", root / "runs" / run, None, root / "queries" / f"{run}.json.gz")

    def make(self) -> None:
        for file in (self.work / "checkpoint.pt", self.record, *([self.queries] if self.queries else [])):
            file.parent.mkdir(parents=True, exist_ok=True)

    def made_by(self) -> dict[str, Any]:
        """Of the record that is there: what was trained, from which weights, by whom, how far."""
        told = json.loads(self.record.read_text("utf-8"))
        return {
            "spec": told["spec"],
            "engine": told.get("engine"),
            "encoder": told["environment"]["encoderSha256"],
            "stoppedAt": told.get("stoppedAt"),
        }

    def write(self, record: dict[str, Any], per_query: Any, before: Any) -> None:
        """Whole or not at all. @param before values of single questions before training"""
        if self.queries:
            kept = {name: values for name, values in per_query.items() if name != "pools"}
            _replace(self.queries, gzip.compress(json.dumps(kept).encode(), mtime=0))
        else:
            record = {**record, "perQuery": per_query, "perQueryBefore": before}
        _replace(self.record, json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def clear(self) -> None:
        """The checkpoint, when the record is there."""
        (self.work / "checkpoint.pt").unlink(missing_ok=True)
        if self.kept is None:
            shutil.rmtree(self.work)


def _study_folder(project: Project, encoder_id: str, lr: float | None) -> Path:
    """With another encoder or rate it is another study, in a folder of its own."""
    changed = {"encoder.id": encoder_id, "optimizer.learningRate": lr or project.spec["optimizer"]["learningRate"]}
    other = {path: value for path, value in changed.items() if _at(project.spec, path) != value}
    if not other:
        return project.root
    study = json.loads((project.root / "study.json").read_text("utf-8"))
    for path, value in other.items():
        own = [cell["name"] for cell in study["cells"] if path in cell.get("changes", {})]
        if own:
            raise SystemExit(f"{path}: cells of the study set it themselves, such as {own[0]}")
        group, name = path.split(".")
        study["spec"][group][name] = value
    words = re.sub(r"[^\w.-]+", "-", " ".join(str(value) for value in other.values()))
    root = project.root / words.strip("-")
    root.mkdir(exist_ok=True)
    _replace(root / "study.json", json.dumps(study, indent=1).encode())
    return root


def _at(spec: dict[str, Any], path: str) -> Any:
    group, name = path.split(".")
    return spec[group][name]


def _replace(file: Path, content: bytes) -> None:
    """Several processes may write the same at a time."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    new.write_bytes(content)
    os.replace(new, file)
