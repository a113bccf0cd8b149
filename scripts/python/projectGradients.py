# Gradients of a project's first batch of a kind, by one process or by several: torchrun projectGradients.py PROJECT OUT.
import argparse
import sys
from pathlib import Path

import torch

root, out = Path(sys.argv[1]), Path(sys.argv[2])
sys.path.insert(0, str(root))
import optimizers  # noqa: E402
from contrast import Slice, sheet  # noqa: E402
from project import Project  # noqa: E402
from train import Trainer  # noqa: E402

project = Project(root)
batch = next(batch for batch in project.plan() if len({row.kind for row in batch.rows}) > 1)
found = {}
for name, negatives, chunk in (("all", "all", 0), ("chunked", "all", 5), ("own", "own", 0)):
    options = argparse.Namespace(
        cpu=True,
        precision="no",
        encoder=None,
        gradient_checkpointing=False,
        lr=None,
        negatives=negatives,
        optimizer="lab",
        chunk=chunk,
    )
    trainer = Trainer(project, options)
    part = Slice.of(len(batch.rows), trainer.rank, trainer.ranks)
    own = batch.rows[part.first : part.last]
    queries = [project.train.queries[row.query].text for row in own]
    passages = [project.train.passages[p].text for row in own for p in row.passages]
    of = sheet(batch, part, project.concepts, project.weights(batch.step), trainer.gathered)
    _, rows = trainer.backward(queries + passages, len(own), batch, of)
    rows = torch.unique(trainer.shared(rows, -1))
    rows = rows[rows >= 0]
    tables, dense = trainer.encoder.tables, trainer.encoder.dense
    if trainer.ranks > 1:
        optimizers.sum_over_ranks(tables, dense, rows)
    every = [p.grad[rows] for p in tables] + [p.grad for p in dense if p.grad is not None]
    found[name] = torch.cat([gradient.reshape(-1) for gradient in every])
if trainer.accelerator.is_main_process:
    torch.save(found, out)
