"""The lab's AdamW, torch's own as a switch, and the sum of gradients over ranks."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn import Parameter

BETAS, EPSILON = (0.9, 0.999), 1e-8


def learning_rate(spec: dict[str, Any], step: int, peak: float) -> float:
    """lr * min(1, (t+1)/warmup) * d(t), d = 1 | 1 - s | (1 + cos(pi s))/2, s = share of the steps after warm-up."""
    warmup, schedule = spec["optimizer"]["warmup"], spec["optimizer"]["schedule"]
    if step < warmup:
        return peak * (step + 1) / warmup
    s = (step - warmup) / max(1, spec["steps"] - warmup)
    return peak * {"constant": 1, "linear": 1 - s, "cosine": (1 + math.cos(math.pi * s)) / 2}[schedule]


class LabAdamW(torch.optim.Optimizer):
    """
    AdamW (Loshchilov & Hutter 2019) whose tables of piece vectors are lazy: a row that no text of the batch has keeps its moments and
    is not decayed, while the bias correction counts every step, as torch's SparseAdam has it. Matrices decay, vectors do not.
    """

    def __init__(self, tables: list[Parameter], dense: list[Parameter], lr: float, weight_decay: float) -> None:
        def decays(p: Parameter) -> bool:
            return p.ndim == 2 and p.shape[1] > 1

        groups = [
            {"params": [p for p in own if decays(p) == decay], "by_row": by_row, "decay": weight_decay if decay else 0.0}
            for own, by_row in ((tables, True), (dense, False))
            for decay in (True, False)
        ]
        super().__init__([group for group in groups if group["params"]], {"lr": lr, "steps": 0})

    @torch.no_grad()
    def step(self, rows: Tensor) -> None:  # type: ignore[override]
        """@param rows of the tables that the batch has, on any rank; each once"""
        for group in self.param_groups:
            group["steps"] += 1
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if not state:
                    state["m"], state["v"] = torch.zeros_like(p), torch.zeros_like(p)
                self._update(p, state, group, rows if group["by_row"] else slice(None))

    @staticmethod
    def _update(p: Parameter, state: dict[str, Tensor], group: dict[str, Any], at: Any) -> None:
        (beta1, beta2), t, lr = BETAS, group["steps"], group["lr"]
        g, x = p.grad[at], p[at]
        m = beta1 * state["m"][at] + (1 - beta1) * g
        v = beta2 * state["v"][at] + (1 - beta2) * g * g
        state["m"][at], state["v"][at] = m, v
        moved = lr / (1 - beta1**t) * m / (v.sqrt() / math.sqrt(1 - beta2**t) + EPSILON)
        p[at] = x - moved - lr * group["decay"] * x


def torch_adamw(tables: list[Parameter], dense: list[Parameter], lr: float, weight_decay: float) -> torch.optim.AdamW:
    """Every row of a table decays and keeps moving by its momentum, in the batch or not."""
    everything = tables + dense
    groups = [
        {"params": [p for p in everything if p.ndim >= 2 and p.shape[1] > 1], "weight_decay": weight_decay},
        {"params": [p for p in everything if p.ndim < 2 or p.shape[1] == 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW([g for g in groups if g["params"]], lr=lr, betas=BETAS, eps=EPSILON)


@torch.no_grad()
def sum_over_ranks(tables: list[Parameter], dense: list[Parameter], rows: Tensor) -> None:
    """Losses of ranks are parts of one sum, so gradients are added up, not averaged. Of tables only rows that some rank has."""
    for p in dense:
        if p.grad is not None:
            dist.all_reduce(p.grad)
    for p in tables:
        if p.grad is not None:
            own = p.grad[rows].contiguous()
            dist.all_reduce(own)
            p.grad[rows] = own


@torch.no_grad()
def clip(tables: list[Parameter], dense: list[Parameter], rows: Tensor, norm: float) -> None:
    """Shortens all gradients together to `norm`; 0 leaves them alone."""
    if norm <= 0:
        return
    grads = [p.grad for p in dense if p.grad is not None] + [p.grad[rows] for p in tables if p.grad is not None]
    length = math.sqrt(sum(float((g.double() ** 2).sum()) for g in grads))
    if length > norm:
        for p in tables + dense:
            if p.grad is not None:
                p.grad *= norm / length
