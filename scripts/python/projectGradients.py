# Gradients of a project's first batch of a kind, by one process or by several: torchrun projectGradients.py PROJECT OUT.
import argparse
import sys
from pathlib import Path

import torch

root, out = Path(sys.argv[1]), Path(sys.argv[2])
sys.path.insert(0, str(root))
from project import Project  # noqa: E402
from train import Trainer  # noqa: E402

project = Project(root)
batch = next(batch for batch in project.plan() if len({row.kind for row in batch.rows}) > 1)
found = {}
for name, negatives, chunk in (("all", "all", None), ("chunked", "all", 5), ("own", "own", None)):
    options = argparse.Namespace(
        cpu=True,
        out=Path("out"),
        precision="no",
        encoder=None,
        gradient_checkpointing=False,
        lr=None,
        negatives=negatives,
        optimizer="lab",
        chunk=chunk,
        steps=None,
    )
    trainer = Trainer(project, options)
    _, rows = trainer.gradients(batch)
    tables, dense = trainer.encoder.tables, trainer.encoder.dense
    every = [p.grad[rows] for p in tables] + [p.grad for p in dense if p.grad is not None]
    found[name] = torch.cat([gradient.reshape(-1) for gradient in every])
if trainer.accelerator.is_main_process:
    torch.save(found, out)
