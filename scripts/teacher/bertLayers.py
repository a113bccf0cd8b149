"""Some layers of a BERT in PyTorch: filled from a published one, and written as `transformers` names its tensors."""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn.functional import gelu, scaled_dot_product_attention


class Layer(nn.Module):
    """One layer of BERT, normalised behind each part."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        width, inner, epsilon = config["hidden_size"], config["intermediate_size"], config["layer_norm_eps"]
        self.heads = config["num_attention_heads"]
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.norm, self.last = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        batch, length, width = states.shape
        split = lambda x: x.view(batch, length, self.heads, -1).transpose(1, 2)  # noqa: E731
        seen = scaled_dot_product_attention(
            split(self.query(states)), split(self.key(states)), split(self.value(states)), attn_mask=mask
        )
        seen = self.out(seen.transpose(1, 2).reshape(batch, length, width))
        states = self.norm((states + seen).float())
        return self.last((states + self.down(gelu(self.up(states)))).float())


NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "last": "output.LayerNorm",
}


class Bert(nn.Module):
    """Some layers of a BERT on some of its pieces; token types are added to the positions."""

    def __init__(self, config: dict[str, Any], layers: int, pieces: int, positions: int) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.pieces, self.places = nn.Embedding(pieces, width), nn.Embedding(positions, width)
        self.norm = nn.LayerNorm(width, config["layer_norm_eps"])
        self.layers = nn.ModuleList(Layer(config) for _ in range(layers))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(B, T) pieces and which of them are there, to (B, T, D) states."""
        states = self.norm(self.pieces(ids) + self.places.weight[: ids.shape[1]])
        hidden = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            hidden = hidden.to(torch.bfloat16)
        for layer in self.layers:
            states = layer(states, hidden)
        return states.float()

    @torch.no_grad()
    def fill(self, tensors: dict[str, torch.Tensor], kept: list[int], rows: torch.Tensor) -> None:
        words = tensors["embeddings.word_embeddings.weight"]
        places = tensors["embeddings.position_embeddings.weight"][: len(self.places.weight)]
        self.pieces.weight.copy_(words[rows])
        self.places.weight.copy_(places + tensors["embeddings.token_type_embeddings.weight"][0])
        put(self.norm, tensors, "embeddings.LayerNorm")
        for layer, number in zip(self.layers, kept, strict=True):
            for ours, theirs in NAMES.items():
                put(getattr(layer, ours), tensors, f"encoder.layer.{number}.{theirs}")

    def tensors(self) -> dict[str, torch.Tensor]:
        """As `transformers` names them."""
        out = {
            "embeddings.word_embeddings.weight": self.pieces.weight,
            "embeddings.position_embeddings.weight": self.places.weight,
            "embeddings.token_type_embeddings.weight": torch.zeros(1, self.places.weight.shape[1]),
        }
        parts = {"embeddings.LayerNorm": self.norm}
        for number, layer in enumerate(self.layers):
            parts |= {f"encoder.layer.{number}.{name}": getattr(layer, own) for own, name in NAMES.items()}
        for name, part in parts.items():
            out |= {f"{name}.weight": part.weight, f"{name}.bias": part.bias}
        return {name: tensor.detach().float().contiguous() for name, tensor in out.items()}


def read_config(folder: Path) -> dict[str, Any]:
    """@raises ValueError of what is no BERT with absolute positions and GELU"""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    kind, act = config.get("model_type"), config.get("hidden_act", "gelu")
    if kind != "bert" or config.get("position_embedding_type", "absolute") != "absolute":
        raise ValueError(f"{folder}/config.json: a model of type {kind}; layers are taken from a BERT with absolute positions")
    if act != "gelu":
        raise ValueError(f"{folder}/config.json: hidden_act is {act}; layers are taken where it is gelu")
    return {"layer_norm_eps": 1e-12, **config}


def put(part: nn.Module, tensors: dict[str, torch.Tensor], name: str) -> None:
    part.weight.copy_(tensors[f"{name}.weight"])
    part.bias.copy_(tensors[f"{name}.bias"])


def read_tensors(folder: Path) -> dict[str, torch.Tensor]:
    return {name.removeprefix("bert."): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
