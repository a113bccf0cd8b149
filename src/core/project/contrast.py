"""The lab's loss of a batch that is spread over ranks: every question meets every passage of the batch, on whatever rank it is."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor

from batches import Batch


class _Gather(torch.autograd.Function):
    """Rows of all ranks, in their order. Backwards each rank gets what all ranks' losses ask of its own rows."""

    @staticmethod
    def forward(ctx, own: Tensor, sizes: list[int], rank: int) -> Tensor:  # type: ignore[override]
        ctx.first, ctx.last = sum(sizes[:rank]), sum(sizes[: rank + 1])
        padded = F.pad(own, (0, 0, 0, max(sizes) - len(own)))
        parts = [torch.empty_like(padded) for _ in sizes]
        dist.all_gather(parts, padded)
        return torch.cat([part[:size] for part, size in zip(parts, sizes)])

    @staticmethod
    def backward(ctx, gradient: Tensor):  # type: ignore[override]
        gradient = gradient.contiguous()
        dist.all_reduce(gradient)
        return gradient[ctx.first : ctx.last], None, None


@dataclass(frozen=True)
class Slice:
    """One rank's part of a batch: rows from `first` to before `last`."""

    first: int
    last: int

    @staticmethod
    def of(rows: int, rank: int, ranks: int) -> Slice:
        """Even parts in the batch's order; what does not divide goes one each to the first ranks."""
        if rows < ranks:
            raise SystemExit(f"batch.size: {rows} rows are too few for {ranks} processes; start at most {rows}")
        each, more = divmod(rows, ranks)
        first = rank * each + min(rank, more)
        return Slice(first, first + each + (rank < more))


@dataclass(frozen=True)
class Sheet:
    """What the loss of one rank's questions is made of, by the passages it sees."""

    columns: Tensor  # (C) place of each column's passage; a row with fewer answers repeats its first one
    negatives: Tensor  # (n, C) True where the passage is a wrong answer
    positives: Tensor  # (n, k) columns of the right ones
    weights: Tensor  # (n) of each row's loss


def sheet(batch: Batch, part: Slice, concepts: list[list[str]], weights: dict[str, float], gathered: bool) -> Sheet:
    """
    @param concepts of every passage row: one that answers a row's concept is no wrong answer to it
    @param gathered False: a rank sees the passages of its own rows alone
    """
    seen = batch.rows if gathered else batch.rows[part.first : part.last]
    own = batch.rows[part.first : part.last]
    k = max(len(row.passages) for row in batch.rows)
    row_of = {row.concept: i for i, row in enumerate(own)}
    columns: list[int] = []
    negatives = torch.ones(len(own), len(seen) * k, dtype=torch.bool)
    at = 0
    for row in seen:
        for p in range(k):
            repeated = p >= len(row.passages)
            if repeated:
                negatives[:, len(columns)] = False  # it would count twice
            for concept in [] if repeated else concepts[row.passages[p]]:
                if concept in row_of:
                    negatives[row_of[concept], len(columns)] = False
            columns.append(at + (0 if repeated else p))
        at += len(row.passages)
    start = part.first if gathered else 0
    positives = (torch.arange(len(own)) + start)[:, None] * k + torch.arange(k)
    return Sheet(torch.tensor(columns), negatives, positives, torch.tensor([weights[row.kind] for row in own]))


def gather(passages: Tensor, batch: Batch, rank: int, ranks: int) -> Tensor:
    """(all passages of the batch, D), with gradients across ranks."""
    if ranks == 1:
        return passages
    parts = [Slice.of(len(batch.rows), other, ranks) for other in range(ranks)]
    sizes = [sum(len(row.passages) for row in batch.rows[part.first : part.last]) for part in parts]
    return _Gather.apply(passages, sizes, rank)


def contrast(queries: Tensor, passages: Tensor, of: Sheet, temperature: float, rows: int) -> tuple[Tensor, Tensor]:
    """
    Multi-positive InfoNCE (van den Oord et al. 2018), s = cosine / temperature:

      loss_i = mean over right answers j of softplus(logsumexp over wrong ones n of s_in - s_ij)

    A row without a wrong answer has loss 0.

    @param queries (n, D) of this rank, unit vectors; @param passages (all that it sees, D)
    @param rows of the whole batch: the sum of all ranks' losses is the lab's loss
    @returns this rank's part of sum_i weight_i * loss_i / rows, and its rows' losses (n), unweighted
    """
    scores = queries.float() @ passages.float()[of.columns.to(queries.device)].T / temperature
    negatives = of.negatives.to(queries.device)
    wrong = scores.masked_fill(~negatives, torch.finfo(scores.dtype).min).logsumexp(1)
    gaps = wrong[:, None] - scores.gather(1, of.positives.to(queries.device))
    losses = torch.where(negatives.any(1), F.softplus(gaps, threshold=80).mean(1), 0.0)
    return (of.weights.to(queries.device) * losses).sum() / rows, losses.detach()
