"""Byte-pair tokenizers learnt from invented sentences, and the ids they give: the judge of the lab's BPE.

Written from the published descriptions (Sennrich et al. 2016; Radford et al. 2019 for bytes and their pattern; Hugging
Face's documentation for added tokens and byte fallback), shares no code with the lab. Run with a Python that has `regex`
(Debian: python3-regex):

    python3 scripts/parity/bpe.py > src/training/text/bpe.fixture.json

Special tokens that a text spells are text, as everywhere in the lab; added tokens that are not special are found in it.
"""

import json
import sys
import unicodedata
from collections import Counter

import regex

GPT2 = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")


def lower_case(text):
    """Character by character, as the published tokenizers do: no sigma knows that it ends a word."""
    return "".join(map(str.lower, text))


def byte_letters():
    """A printable letter for each byte: itself where it is printable Latin-1, else one from U+0100 on."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in letters:
            letters[byte] = chr(256 + len(letters) - len(printable))
    return letters


LETTERS = byte_letters()


def byte_level(text, add_prefix_space):
    if add_prefix_space and not text.startswith(" "):
        text = " " + text
    return ["".join(LETTERS[byte] for byte in word.encode()) for word in GPT2.findall(text)]


def metaspace(text):
    text = text.replace(" ", "\u2581")
    return [text if text.startswith("\u2581") else "\u2581" + text]


def symbols_of(word, suffix):
    symbols = list(word)
    if suffix:
        symbols[-1] += suffix
    return symbols


def merge_all(symbols, pair):
    merged, i = [], 0
    while i < len(symbols):
        if tuple(symbols[i : i + 2]) == pair:
            merged.append("".join(pair))
            i += 2
        else:
            merged.append(symbols[i])
            i += 1
    return merged


def learn(words, count, suffix):
    """The most frequent pair becomes a piece, `count` times; ties go to the pair that sorts first."""
    held = [(symbols_of(word, suffix), n) for word, n in sorted(Counter(words).items())]
    merges = []
    for _ in range(count):
        pairs = Counter()
        for symbols, n in held:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += n
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        held = [(merge_all(symbols, best), n) for symbols, n in held]
    return merges


def encode_word(word, ranks, suffix):
    symbols = symbols_of(word, suffix)
    while len(symbols) > 1:
        pairs = [pair for pair in zip(symbols, symbols[1:]) if pair in ranks]
        if not pairs:
            break
        symbols = merge_all(symbols, min(pairs, key=ranks.get))
    return symbols


def split_added(text, contents):
    """(part, is added) in order; of tokens that begin at one place the longest."""
    if not contents:
        return [(text, False)]
    pattern = "|".join(regex.escape(content) for content in sorted(contents, key=len, reverse=True))
    return [(part, part in contents) for part in regex.split(f"({pattern})", text) if part]


def encode(case, text):
    vocab, ranks, suffix = case["vocab"], case["ranks"], case["suffix"]
    raw = {content for content, normalized in case["added"] if not normalized}
    normal = {case["normalize"](content) for content, normalized in case["added"] if normalized}
    ids = []
    for part, is_raw in split_added(text, raw):
        for piece, is_added in [(part, True)] if is_raw else split_added(case["normalize"](part), normal):
            if is_added:
                ids.append(case["ids"][piece])
                continue
            for word in case["split"](piece):
                ids.extend(word_ids(case, encode_word(word, ranks, suffix), vocab))
    return ids


def word_ids(case, symbols, vocab):
    ids = []
    for symbol in symbols:
        if symbol in vocab:
            ids.append(vocab[symbol])
        elif case["fallback"]:
            ids.extend(vocab[f"<0x{byte:02X}>"] for byte in symbol.encode())
        else:
            ids.append(vocab[case["unk"]])
    return ids


def special(content, id):
    return {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}


def build(name, sentences, count, *, split, normalize, specials, parts, added=(), suffix="", fallback=False, unk=None, pairs=False):
    words = [word for text in sentences for word in split(normalize(text))]
    merges = learn(words, count, suffix)
    alphabet = sorted(set(LETTERS.values()) if split.__name__ == "byte_words" else {s for word in words for s in symbols_of(word, suffix)})
    pieces = [*specials, *([f"<0x{byte:02X}>" for byte in range(256)] if fallback else []), *alphabet]
    if suffix:  # letters inside a word too
        pieces += sorted({letter for word in words for letter in word} - set(pieces))
    for pair in merges:
        if "".join(pair) not in pieces:
            pieces.append("".join(pair))
    vocab = {piece: id for id, piece in enumerate(pieces)}
    tokens = [special(content, id) for id, content in enumerate(specials)]
    ids = {}
    for content, normalized in added:
        ids[normalize(content) if normalized else content] = len(pieces) + len(ids)
        tokens.append({**special(content, len(pieces) + len(ids) - 1), "normalized": normalized, "special": False})
    model = {"type": "BPE", "dropout": None, "unk_token": unk, "continuing_subword_prefix": None, "end_of_word_suffix": suffix or None}
    model.update({"fuse_unk": False, "byte_fallback": fallback, "vocab": vocab})
    model["merges"] = [list(pair) for pair in merges] if pairs else [" ".join(pair) for pair in merges]
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    case = {"vocab": vocab, "ranks": ranks, "suffix": suffix, "split": split, "normalize": normalize}
    case.update({"fallback": fallback, "unk": unk, "added": added, "ids": ids})
    tokenizer = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": tokens, **parts, "model": model}
    return name, tokenizer, case


def frame(start, end):
    return {"type": "RobertaProcessing", "sep": [end, 2], "cls": [start, 0], "trim_offsets": True, "add_prefix_space": False}


def main():
    with open("src/training/text/inventedSentences.json", encoding="utf8") as file:
        sentences = [text for _, text in json.load(file)]
    same = lambda text: text
    nfc = lambda text: unicodedata.normalize("NFC", text)

    def byte_words(text):
        return byte_level(text, False)

    def spaced_words(text):
        return byte_level(text, True)

    spaced_words.__name__ = "byte_words"
    roberta = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    level = lambda space: {"type": "ByteLevel", "add_prefix_space": space, "trim_offsets": True, "use_regex": True}
    cases = [
        build(
            "bytes, as GPT-2 and RoBERTa", sentences, 300, split=byte_words, normalize=same, specials=roberta,
            parts={"normalizer": None, "pre_tokenizer": level(False), "post_processor": frame("<s>", "</s>"), "decoder": level(False)},
        ),
        build(
            "bytes after a space, merges as pairs, added tokens", sentences, 150, split=spaced_words, normalize=nfc, specials=roberta,
            added=[("<user>", False), ("<user>s", False), ("cafe\u0301", True)], pairs=True,
            parts={"normalizer": {"type": "NFC"}, "pre_tokenizer": level(True), "post_processor": frame("<s>", "</s>"), "decoder": level(True)},
        ),
        build(
            "characters, a mark for spaces, bytes where one is missing", sentences[:12], 120, split=metaspace, normalize=same,
            specials=["<s>", "<pad>", "</s>", "<unk>"], unk="<unk>", fallback=True, pairs=True,
            parts={"normalizer": None, "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": False}, "post_processor": None, "decoder": None},
        ),
        build(
            "characters, a mark at the end of words, lower case", sentences[:12], 120, split=str.split, normalize=lower_case,
            specials=["<s>", "<pad>", "</s>", "<unk>"], unk="<unk>", suffix="</w>",
            parts={"normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": {"type": "BPEDecoder", "suffix": "</w>"}},
        ),
    ]
    texts = [
        *sentences,
        " two  spaces\n\n and\ttabs \n",
        "don't we'll I'M they've it's 'tis",
        "3,141.59 x²≠½ (c) 2026–27",
        "cafe\u0301 café <user>s and<user> <user>",
        "\U0001F9A6\U0001F3FD\u200d\U0001F680 \u0e01\u0e33 e\u0301\u0323",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ]
    made = []
    for name, tokenizer, case in cases:
        rows = [encode(case, text) for text in texts]
        made.append({"name": name, "tokenizer": tokenizer, "ids": rows})
    json.dump({"madeBy": "scripts/parity/bpe.py", "texts": texts, "cases": made}, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


main()
