"""The encoder that is trained, as a SentenceTransformer: the run's own start weights, or a published model by name."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from torch import Tensor, nn
from torch.nn import Parameter
from transformers.modeling_layers import GradientCheckpointingLayer


@dataclass(frozen=True)
class Known:
    """What a published model wants: texts begin with these, and are cut after so many pieces. Pooling is its folder's own, or the mean."""

    query: str = ""
    passage: str = ""
    max_tokens: int = 512


E5 = Known("query: ", "passage: ")
KNOWN = {
    "FacebookAI/xlm-roberta-base": Known(),
    "sentence-transformers/LaBSE": Known(max_tokens=256),  # first position, a dense layer, tanh
    "intfloat/multilingual-e5-small": E5,
    "intfloat/multilingual-e5-base": E5,
    "jhu-clsp/mmBERT-base": Known(max_tokens=8192),
    "jhu-clsp/mmBERT-small": Known(max_tokens=8192),
}


def _weights_hash(model: nn.Module) -> str:
    """SHA-256 of all weights as they were loaded, by name: a name alone would not tell two revisions apart."""
    made = hashlib.sha256()
    for name, value in sorted(model.state_dict().items()):
        made.update(name.encode() + value.contiguous().view(torch.uint8).cpu().numpy().tobytes())
    return made.hexdigest()


class Bag(nn.Module):
    """The lab's bag of pieces: sum over a text's pieces of weight * vector, both trained. Takes the place of StaticEmbedding."""

    def __init__(self, static: StaticEmbedding, tensors: dict[str, Tensor]) -> None:
        super().__init__()
        self.static = [static]  # a list: its folded table is no parameter here
        weights = tensors.get("pooling.token_weights")
        table = tensors["embeddings.word_embeddings.weight" if weights is not None else "embedding.weight"]
        self.table = Parameter(table.clone())
        self.weights = None if weights is None else Parameter(weights.clone()[:, None])

    def preprocess(self, *inputs: Any, **kwargs: Any) -> dict[str, Tensor]:
        return self.static[0].preprocess(*inputs, **kwargs)

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        ids, offsets = features["input_ids"], features["offsets"]
        owners = torch.bucketize(torch.arange(len(ids), device=ids.device), offsets, right=True) - 1
        vectors = F.embedding(ids, self.table)
        if self.weights is not None:
            vectors = vectors * F.embedding(ids, self.weights)
        zeros = vectors.new_zeros(len(offsets), vectors.shape[1])
        features["sentence_embedding"] = zeros.index_add(0, owners, vectors)
        return features

    def folded(self) -> StaticEmbedding:
        table = self.table if self.weights is None else self.table * self.weights
        return StaticEmbedding(self.static[0].tokenizer, embedding_weights=table.detach().cpu().numpy())


class Encoder(nn.Module):
    def __init__(self, model: SentenceTransformer, prefixes: dict[str, str], identity: tuple[str, str], frozen: str) -> None:
        super().__init__()
        self.model, self.prefixes = model, prefixes
        self.id, self.sha256 = identity
        self.model.eval()  # the lab trains without dropout
        names = dict(self.model.named_parameters())
        words = ("word_embeddings.weight", "tok_embeddings.weight", "embed_tokens.weight")
        self.tables = [p for name, p in names.items() if name.endswith(words) or name.endswith("emb_layer.weight")]
        if self.is_bag:
            self.tables = [p for p in (model[0].table, model[0].weights) if p is not None]
        for name, p in names.items():
            if "token_type_embeddings" in name:
                self._fold_types(name, p, names)
            if frozen == "embeddings" and ("embeddings." in name or name.endswith("0.table")):
                p.requires_grad_(False)
            if frozen == "tokenWeights" and name.endswith(("emb_layer.weight", "0.weights")):
                p.requires_grad_(False)
        self.tables = [p for p in self.tables if p.requires_grad]
        known = {id(p) for p in self.tables}
        self.dense = [p for p in names.values() if p.requires_grad and id(p) not in known]

    @staticmethod
    @torch.no_grad()
    def _fold_types(name: str, types: Parameter, names: dict[str, Parameter]) -> None:
        """Every text is of type 0, whose vector the lab has in its positions: one parameter is trained, not two."""
        positions = names.get(name.replace("token_type", "position"))
        if positions is not None:
            positions += types[0]
            types.zero_()
            types.requires_grad_(False)

    @staticmethod
    def open(root: Path, facts: dict[str, Any], name: str | None) -> Encoder:
        """@param name of a published model, or its folder; left out: what the run starts from"""
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        spec, told = facts["spec"]["encoder"], facts["encoder"]
        place, prefixes, identity = str(root / told["start"]), told["prefixes"], (spec["id"], told["sha256"])
        if name is not None:
            place = name
        model = SentenceTransformer(place, device="cpu", model_kwargs={"torch_dtype": torch.float32})
        if name is not None:
            identity = (f"local:{Path(name).resolve().name}" if Path(name).is_dir() else f"hf:{name}", _weights_hash(model))
            own = model.prompts
            known = KNOWN.get(name, Known(own.get("query", ""), own.get("passage") or own.get("document") or ""))
            prefixes = {"query": known.query, "passage": known.passage}
        if isinstance(model[0], StaticEmbedding):
            model[0] = Bag(model[0], load_file(Path(place) / "model.safetensors"))
        else:
            longest = KNOWN[name].max_tokens if name in KNOWN else model.max_seq_length
            model.max_seq_length = min(spec["maxTokens"], longest or spec["maxTokens"])
        return Encoder(model, prefixes, identity, told["frozen"])

    @property
    def is_bag(self) -> bool:
        return isinstance(self.model[0], Bag)

    def checkpoint_layers(self) -> None:
        """Gradient checkpointing: a layer keeps no activations but goes over its texts again. Dropout inside stays off."""
        self.model[0].auto_model.gradient_checkpointing_enable()
        for module in self.modules():
            if isinstance(module, GradientCheckpointingLayer):
                module.training = True

    def features(self, texts: list[str]) -> dict[str, Tensor]:
        """Tokens of texts whose prefix stands before them already."""
        device = next(self.parameters()).device
        made = self.model[0].preprocess(texts)
        return {name: value.to(device) for name, value in made.items() if isinstance(value, Tensor)}

    def rows(self, features: dict[str, Tensor]) -> Tensor:
        """Pieces that occur, each once; padding is none."""
        ids, mask = features["input_ids"], features.get("attention_mask")
        return torch.unique(ids if mask is None else ids[mask.bool()])

    def forward(self, features: dict[str, Tensor]) -> Tensor:
        """(texts, D) of unit length."""
        return F.normalize(self.model(dict(features))["sentence_embedding"].float(), dim=-1)

    @torch.no_grad()
    def encode(self, texts: list[str], batch: int = 128) -> Tensor:
        """As `forward`, of any number of texts, the longest first."""
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        parts = [self(self.features([texts[i] for i in order[at : at + batch]])) for at in range(0, len(order), batch)]
        vectors = torch.cat(parts)
        return torch.empty_like(vectors).index_copy_(0, torch.tensor(order, device=vectors.device), vectors)

    def save(self, out: Path) -> None:
        """The trained model, for SentenceTransformer(out) and for the lab; what texts begin with goes along."""
        self.model.prompts = {"query": self.prefixes["query"], "document": self.prefixes["passage"]}
        bag = self.model[0]
        if isinstance(bag, Bag):
            self.model[0] = bag.folded()
        self.model.save(str(out))
        self.model[0] = bag
