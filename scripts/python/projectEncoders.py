"""Published encoders by name in an exported project, by look-alikes: folders of their architecture and layout, of small shape, where the
hub's cache has the real ones. In: {project, cache: an empty folder}. Out: name -> what the project makes of it, and one step's work.
"""

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

question = json.load(sys.stdin)
answered, sys.stdout = sys.stdout, sys.stderr  # a trainer tells its steps
os.environ["HF_HUB_CACHE"] = question["cache"]
sys.path.insert(0, question["project"])

import torch  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402
from sentence_transformers.base.modules import Dense, Transformer  # noqa: E402
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling  # noqa: E402
from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: E402
from transformers import (  # noqa: E402
    BertConfig,
    BertModel,
    ModernBertConfig,
    ModernBertModel,
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaModel,
)

from encoder import KNOWN, Encoder  # noqa: E402
from project import Project  # noqa: E402
from train import Trainer  # noqa: E402

WIDTH, PIECES = 16, 200
SHAPE = {"vocab_size": PIECES, "hidden_size": WIDTH, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
DROPOUT = {"attention_dropout": 0.1, "embedding_dropout": 0.1, "mlp_dropout": 0.1}  # the others have it by default


def body(name):
    """Architecture and positions as published."""
    if "mmBERT" in name:
        return ModernBertModel(
            ModernBertConfig(**SHAPE, **DROPOUT, max_position_embeddings=8192, pad_token_id=0, attn_implementation="eager")
        )
    if "xlm-roberta" in name or "e5-base" in name:
        return XLMRobertaModel(XLMRobertaConfig(**SHAPE, max_position_embeddings=514, pad_token_id=1, type_vocab_size=1))
    return BertModel(BertConfig(**SHAPE, max_position_embeddings=512, pad_token_id=0))


def place(name):
    root = Path(question["cache"]) / f"models--{name.replace('/', '--')}"
    snapshot = root / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (root / "refs").mkdir()
    (root / "refs" / "main").write_text("0" * 40)
    return snapshot


def write(name):
    snapshot = place(name)
    torch.manual_seed(0)
    bare = snapshot if name.startswith(("FacebookAI", "jhu-clsp")) else snapshot / "body"  # no sentence-transformers folder there
    body(name).save_pretrained(bare)
    letters = {f"{chr(97 + i)}": i + 4 for i in range(26)}
    made = Tokenizer(models.WordLevel({"<pad>": 0, "<unk>": 1, "<s>": 2, "</s>": 3, **letters}, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    PreTrainedTokenizerFast(tokenizer_object=made, pad_token="<pad>", unk_token="<unk>").save_pretrained(bare)
    if bare != snapshot:
        modules = [Transformer(str(bare)), Pooling(WIDTH, "cls" if "LaBSE" in name else "mean")]
        modules += [Dense(WIDTH, WIDTH, activation_function=torch.nn.Tanh())] if "LaBSE" in name else []
        modules[0].max_seq_length = KNOWN[name].max_tokens
        SentenceTransformer(modules=[*modules, Normalize()], device="cpu").save(str(snapshot))


options = argparse.Namespace(
    cpu=True, run=None, out=Path("out"), steps=None, negatives="all", optimizer="lab", chunk=4, lr=1e-3, print_rows=False
)  # fmt: skip
project, answer = Project(Path(question["project"])), {}
batch = next(project.plan())


def trainer_of(name, precision, recomputes):
    options.precision, options.encoder, options.gradient_checkpointing = precision, name, recomputes
    return Trainer(project, options)


def gradient_of(trainer):
    trainer.gradients(batch)
    return torch.cat([p.grad.reshape(-1) for p in trainer.encoder.parameters() if p.grad is not None])


def close(trainer):
    trainer.accelerator.state._reset_state(reset_partial_state=True)


for name in KNOWN:
    write(name)
    told, gradients = {}, []
    for recomputes in (False, True):
        trainer = trainer_of(name, "no", recomputes)
        gradients.append(gradient_of(trainer))
        close(trainer)
    told["recomputing"] = sum(module.training for module in trainer.encoder.modules() if hasattr(module, "_gradient_checkpointing_func"))
    told["recomputed"] = float((gradients[1] - gradients[0]).norm() / gradients[0].norm())
    for precision in ("no", "bf16"):
        trainer = trainer_of(name, precision, True)
        before = [p.detach().clone() for p in trainer.encoder.tables]
        trainer.step(batch)
        told[precision] = trainer.tally.points[-1]["value"]
        moved = [float((p - was).abs().max()) for p, was in zip(trainer.encoder.tables, before)]
        close(trainer)
    trainer.encoder.save(Path(question["cache"]) / "saved")
    told["reopened"] = Encoder.open(project.root, project.facts, f"{question['cache']}/saved").prefixes
    shutil.rmtree(f"{question['cache']}/saved")
    model = trainer.encoder.model
    told |= {
        "prefixes": trainer.encoder.prefixes,
        "pieces": model.max_seq_length,
        "published": KNOWN[name].max_tokens,
        "modules": [type(module).__name__ for module in model],
        "pooling": next(module.pooling_mode for module in model if isinstance(module, Pooling)),
        "tables": [list(p.shape) for p in trainer.encoder.tables],
        "moved": min(moved),
        "id": trainer.encoder.id,
    }
    answer[name] = told
json.dump(answer, answered)
