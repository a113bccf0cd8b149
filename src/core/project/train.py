"""Trains the experiment along the lab's batch plan, on one process or on several, and writes the run as the lab's record.

    python train.py                                  one process
    torchrun --nproc_per_node 2 train.py             two, of which each takes its part of every batch
    accelerate launch --num_processes 2 train.py     the same, with GPUs

README.md says what equals the lab and what does not.
"""

from __future__ import annotations

import argparse
import json
import math
import os
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor

import optimizers
import record
from batches import Batch
from contrast import Sheet, Slice, contrast, gather, sheet
from encoder import Encoder
from evaluate import evaluate, ids_of, texts_of, write_trec
from options import options_of
from places import Places
from project import Project
from tally import Tally


class Trainer:
    def __init__(self, project: Project, options: argparse.Namespace) -> None:
        self.project, self.options, self.spec = project, options, project.spec
        on_cpu = options.cpu or not torch.accelerator.is_available()  # accelerate joins processes on CPUs only where it is told so
        self.accelerator = Accelerator(cpu=on_cpu, mixed_precision=options.precision)
        self.rank, self.ranks = self.accelerator.process_index, self.accelerator.num_processes
        self.encoder = Encoder.open(project.root, project.facts, options.encoder).to(self.accelerator.device)
        if self.encoder.is_bag and (options.gradient_checkpointing or options.precision != "no"):
            raise SystemExit(
                "--gradient-checkpointing and --precision are about a transformer's layers, and a bag of pieces has none: leave them out"
            )
        if options.gradient_checkpointing:
            self.encoder.checkpoint_layers()
        self.peak = options.lr or self.spec["optimizer"]["learningRate"]
        self.gathered = options.negatives == "all" or self.ranks == 1
        decay = self.spec["optimizer"]["weightDecay"]
        make = optimizers.LabAdamW if options.optimizer == "lab" else optimizers.torch_adamw
        self.optimizer = make(self.encoder.tables, self.encoder.dense, self.peak, decay)
        self.asked = project.evaluations()
        self.places = Places.of(project, options, self.encoder.id)
        project.retell(self.encoder.id, self.peak)
        engine = record.engine_of(self.accelerator.device, self.ranks, self.gathered, options)
        self.made_by: dict[str, Any] = {"spec": self.spec, "engine": engine, "encoder": self.encoder.sha256}
        self.last = min(options.steps or project.facts.get("stopAt") or self.spec["steps"], self.spec["steps"])
        self.stopped_at = self.last if self.last < self.spec["steps"] else None
        self.tally = Tally()

    def gradients(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """The batch's, added over ranks, into the parameters. @returns losses of this rank, and pieces of all of its texts"""
        part = Slice.of(len(batch.rows), self.rank, self.ranks)
        own, train, prefixes = batch.rows[part.first : part.last], self.project.train, self.encoder.prefixes
        queries = [prefixes["query"] + train.queries[row.query].text for row in own]
        passages = [prefixes["passage"] + train.passages[p].text for row in own for p in row.passages]
        of = sheet(batch, part, self.project.concepts, self.project.weights(batch.step), self.gathered)
        self.encoder.zero_grad()
        losses, rows = self.backward(queries + passages, len(own), batch, of)
        rows = torch.unique(self.shared(rows, -1))
        rows = rows[rows >= 0]
        if self.ranks > 1:
            optimizers.sum_over_ranks(self.encoder.tables, self.encoder.dense, rows)
        return losses, rows

    def step(self, batch: Batch) -> None:
        losses, rows = self.gradients(batch)
        optimizers.clip(self.encoder.tables, self.encoder.dense, rows, self.spec["optimizer"]["clipNorm"])
        for group in self.optimizer.param_groups:
            group["lr"] = optimizers.learning_rate(self.spec, batch.step, self.peak)
        self.optimizer.step(rows) if self.options.optimizer == "lab" else self.optimizer.step()
        self.count(batch, self.shared(losses, math.nan))

    def backward(self, texts: list[str], n: int, batch: Batch, of: Sheet) -> tuple[Tensor, Tensor]:
        """Gradients of this rank's part of the loss. @param n of the texts are queries @returns losses, and pieces of the texts"""
        size = self.options.chunk or len(texts)
        parts = [self.encoder.features(texts[at : at + size]) for at in range(0, len(texts), size)]
        cached = len(parts) > 1  # GradCache (Gao et al. 2021): the loss sees the whole batch, memory one part
        with self.accelerator.autocast(), torch.set_grad_enabled(not cached):
            vectors = torch.cat([self.encoder(part) for part in parts])
        leaf = vectors.detach().requires_grad_() if cached else vectors
        seen = gather(leaf[n:], batch, self.rank, self.ranks) if self.gathered else leaf[n:]
        loss, losses = contrast(leaf[:n], seen, of, self.spec["loss"]["temperature"], len(batch.rows))
        loss.backward()
        for part, gradient in zip(parts, leaf.grad.split(size)) if cached and leaf.grad is not None else ():
            with self.accelerator.autocast():
                again = self.encoder(part)
            again.backward(gradient)
        return losses, torch.cat([self.encoder.rows(part) for part in parts])

    def shared(self, own: Tensor, fill: float) -> Tensor:
        """Of all ranks, in their order, where they have different numbers of them."""
        if self.ranks == 1:
            return own
        padded = self.accelerator.pad_across_processes(own, dim=0, pad_index=fill)
        return self.accelerator.gather(padded)

    def count(self, batch: Batch, losses: Tensor) -> None:
        mean = self.tally.add_batch(batch, losses[~torch.isnan(losses)].tolist(), self.project.train)
        self.accelerator.print(f"step {batch.step + 1} {batch.kind} loss {mean:.6f}", flush=True)
        if self.options.print_rows:
            part = Slice.of(len(batch.rows), self.rank, self.ranks)
            rows = [[row.kind, row.query, *row.passages] for row in batch.rows[part.first : part.last]]
            print(f"rank {self.rank} step {batch.step} rows {json.dumps(rows)}\n", end="", flush=True)  # at once: ranks share the line

    def measure(self, name: str) -> tuple[dict[str, Any], dict[str, Any], Any]:
        """Each rank encodes its part of the texts, and all rank them."""
        asked, facts = self.asked[name], self.project.facts
        vectors = []
        for texts in texts_of(self.project, asked, self.encoder.prefixes):
            own = texts[self.rank :: self.ranks]
            with self.accelerator.autocast():
                made = self.encoder.encode(own) if own else torch.zeros(0, 1)
            gathered = self.shared(made, math.nan).cpu()
            each = -(-len(texts) // self.ranks)
            order = [rank * each + i for i in range(each) for rank in range(self.ranks)][: len(texts)]
            vectors.append(gathered[order].float().numpy())
        result, per_query = evaluate(asked, facts["metrics"], *vectors)
        self.tally.add_evaluation(result, facts)
        shown = {path: round(result["values"][path] or 0, 4) for path in ("map/mono", "map/cross", "map/multi")}
        self.accelerator.print(f"step {self.tally.step} {shown}", flush=True)
        return result, per_query, vectors

    def checkpoint(self) -> None:
        if self.accelerator.is_main_process:
            states = {"model": self.encoder.state_dict(), "optimizer": self.optimizer.state_dict(), "tally": vars(self.tally)}
            torch.save({"made_by": self.made_by, **states}, self.places.work / "checkpoint.new")
            os.replace(self.places.work / "checkpoint.new", self.places.work / "checkpoint.pt")
        self.accelerator.wait_for_everyone()

    def restore(self) -> None:
        place = self.places.work / "checkpoint.pt"
        if place.exists():
            kept = torch.load(place, map_location="cpu", weights_only=True)
            record.check_same(place, kept["made_by"], self.made_by)
            self.encoder.load_state_dict(kept["model"])
            self.optimizer.load_state_dict(kept["optimizer"])
            vars(self.tally).update(kept["tally"])
            self.accelerator.print(f"goes on from step {self.tally.step}")
        if len(self.shared(torch.tensor([self.tally.step], device=self.accelerator.device), -1).unique()) > 1:
            raise SystemExit(f"{place}: not all processes see it; --out has to be on a disk that all machines share")

    def run(self) -> None:
        options, spec, last = self.options, self.spec, self.last
        if self.places.record.exists():
            record.check_same(self.places.record, self.places.made_by(), {**self.made_by, "stoppedAt": self.stopped_at})
            return self.accelerator.print(f"record {self.places.record} is there already")
        self.places.make()
        self.restore()
        if self.tally.step == 0:
            self.tally.before = self.measure("full")[1]
        for batch in self.project.plan():
            if batch.step < self.tally.step:
                continue
            if batch.step >= last:
                break
            self.step(batch)
            done = batch.step + 1
            if spec["evalEvery"] and done % spec["evalEvery"] == 0 and done < last:
                self.measure("live")
            if done % options.checkpoint_every == 0 and done < last:
                self.checkpoint()
        result, per_query, vectors = self.measure("full")
        if self.accelerator.is_main_process:
            self.finish(result, per_query, vectors)
        self.accelerator.wait_for_everyone()

    def finish(self, result: dict[str, Any], per_query: dict[str, Any], vectors: Any) -> None:
        places, told = self.places, {**vars(self.tally), "stoppedAt": self.stopped_at}
        places.write(record.record_of(self.project.facts, self.made_by, told, result), per_query, self.tally.before)
        if places.kept:
            write_trec(places.kept / "trec", self.asked["full"], ids_of(self.project, self.asked["full"]), vectors)
            self.encoder.save(places.kept / "model")
        places.clear()
        print(f"record {places.record}")


def main() -> None:
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # what deterministic products on GPUs ask for
    torch.use_deterministic_algorithms(True, warn_only=True)
    asked = options_of(__doc__)
    Trainer(Project(Path(__file__).resolve().parent, asked.run), asked).run()


if __name__ == "__main__":
    main()
