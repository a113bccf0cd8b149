"""Checkpoint folders that sentence-transformers saves, of random kinds and small random weights, edited as older versions and
other hands leave them; and the scores that it gives texts by each once it has read the folder again.

In: {folder: where to write, seeds: one folder each, queries, passages}; out for each: {what: how it was made, scores: queries x
passages, or null where the library breaks on it, why: its error}.
"""
import contextlib
import json
import logging
import math
import os
import random
import shutil
import sys
import warnings

warnings.filterwarnings("ignore")

import torch
import transformers
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules as st
from tokenizers import Tokenizer

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
logging.disable(logging.CRITICAL)

WORDS = "the red fox runs blue whale swims grey wolf howls a night moon query passage Wolf Fox".split()
LETTERS = list("abcdefghijklmnopqrstuvwxyzéRBWF:.,")
SPECIAL = {"bert": ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], "xlm": ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]}


def dump(value, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False)


def edit(folder, name, change):
    """Rewrites a JSON file; `change` alters the value in place or gives another. None where there is no such file."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        value = json.load(file)
    dump(change(value) or value, path)


def word_piece():
    pieces = SPECIAL["bert"] + LETTERS + ["##" + letter for letter in LETTERS] + [w for w in WORDS if len(w) > 1]
    return {piece: i for i, piece in enumerate(pieces)}


def unigram():
    pieces = SPECIAL["xlm"][:4] + ["▁"] + ["▁" + word for word in WORDS] + LETTERS
    return [(piece, 0.0 if i < 4 else -2 - i / 9) for i, piece in enumerate(pieces)] + [("<mask>", 0.0)]


def byte_pairs():
    # All bytes as GPT-2 writes them, and a few merges.
    visible = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    chars = [chr(b) for b in visible] + [chr(256 + i) for i in range(256 - len(visible))]
    merges = [("r", "e"), ("re", "d"), ("f", "o"), ("fo", "x"), ("t", "h"), ("th", "e"), ("Ġ", "w"), ("Ġ", "the")]
    pieces = SPECIAL["xlm"] + chars + [a + b for a, b in merges]
    return {piece: i for i, piece in enumerate(pieces)}, merges


def tokenizer_of(r, kind):
    """A tokenizer of one of the library's classes, and its words for `what`."""
    if kind == "bert":
        lower, accents = r.random() < 0.5, r.choice([None, None, True, False])
        chinese = r.random() < 0.7
        made = transformers.BertTokenizer(
            vocab=word_piece(), do_lower_case=lower, strip_accents=accents, tokenize_chinese_chars=chinese
        )
        return made, f"BertTokenizer lower={lower} accents={accents}"
    if kind == "roberta":
        vocab, merges = byte_pairs()
        space = r.random() < 0.5
        made = transformers.RobertaTokenizer(vocab=vocab, merges=merges, add_prefix_space=space)
        return made, f"RobertaTokenizer space={space}"
    if kind == "camembert":
        pieces = unigram()
        return transformers.CamembertTokenizer(vocab=pieces, additional_special_tokens=[]), "CamembertTokenizer"
    space = r.random() < 0.8
    return transformers.XLMRobertaTokenizer(vocab=unigram(), add_prefix_space=space), f"XLMRobertaTokenizer space={space}"


def randomise(module, r):
    generator = torch.Generator().manual_seed(r.randrange(2**31))
    for name, parameter in module.named_parameters():
        centre = 1.0 if "LayerNorm.weight" in name or "norm.weight" in name else 0.0
        with torch.no_grad():
            parameter.copy_(centre + 0.3 * torch.randn(parameter.shape, generator=generator))


REFUSED_MODES = ["weightedmean", "lasttoken", ("cls", "mean"), ("max", "mean", "lasttoken")]


def transformer_folder(r, folder, what):
    kind = r.choice(["bert", "bert", "xlm-roberta", "xlm-roberta", "roberta", "camembert"])
    of = r.choice(["xlm-roberta", "bert"]) if kind == "bert" and r.random() < 0.4 else kind
    tokenizer, words = tokenizer_of(r, of)
    if r.random() < 0.15:
        added = r.sample(["moon night", "Wolf", "ox"], r.choice([1, 2]))
        tokenizer.add_tokens(added)
        what.append(f"added {added}")
    heads = r.choice([1, 2, 4])
    sizes = dict(
        vocab_size=len(tokenizer) + r.choice([0, 0, 3]),
        hidden_size=heads * r.choice([4, 8]),
        num_hidden_layers=r.choice([1, 2]),
        num_attention_heads=heads,
        intermediate_size=r.choice([16, 24]),
        max_position_embeddings=r.choice([24, 40, 66]),
        type_vocab_size=r.choice([1, 2]),
        layer_norm_eps=r.choice([1e-12, 1e-5]),
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=None,
        eos_token_id=None,
    )
    config = transformers.AutoConfig.for_model(kind, **sizes)
    model = transformers.AutoModel.from_config(config).eval()
    randomise(model, r)
    what.append(f"{kind} with {words}")
    if r.random() < 0.2:
        model = model.to(r.choice([torch.float16, torch.bfloat16]))
        what.append(f"weights {model.dtype}")
    shards = dict(max_shard_size="6KB") if r.random() < 0.2 else {}
    what.extend(["in parts"] if shards else [])
    if r.random() < 0.5:
        tokenizer.model_max_length = r.choice([6, 9, 16, 512])
        what.append(f"model_max_length {tokenizer.model_max_length}")
    model.save_pretrained(folder, **shards)
    tokenizer.save_pretrained(folder)
    return tokenizer, bool(shards)


def vector_modules(r, width, what, tokenizer):
    """Pooling and what may follow; a few of them are kinds the lab refuses."""
    chain = []
    modes = r.choice(["mean"] * 16 + ["cls", "max"] * 6 + ["mean_sqrt_len_tokens"] * 3 + REFUSED_MODES)
    if modes == "mean" and r.random() < 0.25:
        pieces = tokenizer.convert_ids_to_tokens(range(len(tokenizer)))
        weights = {piece.lower() if r.random() < 0.3 else piece: r.uniform(0.1, 3) for piece in r.sample(pieces, len(pieces) // 2)}
        chain.append(st.WordWeights(pieces, weights, r.choice([1, 0.5])))
        what.append("WordWeights")
    include = not r.random() < 0.03
    chain.append(st.Pooling(width, modes, include_prompt=include))
    what.append(f"pooling {modes}" + ("" if include else " without prompt"))
    width *= 1 if isinstance(modes, str) else len(modes)
    if r.random() < 0.35:
        usual, others = [torch.nn.Tanh(), torch.nn.Identity()], [torch.nn.ReLU(), torch.nn.GELU(), torch.nn.Sigmoid()]
        activation = r.choice(usual * 5 + others)
        bias, residual = r.random() < 0.7, r.random() < 0.06
        chain.append(st.Dense(width, r.choice([8, 12]), bias, activation, use_residual=residual))
        what.append(f"Dense {type(activation).__name__} bias={bias}" + (" residual" if residual else ""))
        width = chain[-1].out_features
    if r.random() < 0.06:
        chain.append(r.choice([st.LayerNorm(width), st.Dropout(0.1), st.Dropout(0.3)]))
        what.append(type(chain[-1]).__name__)
    if r.random() < 0.02:
        chain.insert(0, r.choice([st.LSTM(width, 8), st.CNN(width)]))
        what.append(type(chain[0]).__name__)
    if r.random() < 0.6:
        chain.append(st.Normalize())
        what.append("Normalize")
    for module in chain[1:] if not isinstance(chain[0], st.Pooling) else chain:
        randomise(module, r)
    return chain


def bag(r, folder, what):
    """A StaticEmbedding, saved by itself; model2vec's names are written over its own sometimes."""
    file = json.loads(tokenizer_of(r, r.choice(["bert", "xlm-roberta"]))[0].backend_tokenizer.to_str())
    file["truncation"] = None
    if r.random() < 0.3:
        longest = r.choice([4, 7])
        file["truncation"] = dict(direction="Right", max_length=longest, strategy="LongestFirst", stride=0)
        what.append(f"cut at {longest}")
    tokenizer = Tokenizer.from_str(json.dumps(file))
    pieces = tokenizer.get_vocab_size()
    generator = torch.Generator().manual_seed(r.randrange(2**31))
    table = torch.randn((pieces, r.choice([8, 16])), generator=generator)
    chain = [st.StaticEmbedding(tokenizer, embedding_weights=table)]
    chain += [st.Normalize()] if r.random() < 0.6 else []
    SentenceTransformer(modules=chain, device="cpu").save(folder, create_model_card=False)
    what.append("StaticEmbedding" + (" Normalize" if len(chain) > 1 else ""))
    if r.random() < 0.6:
        tensors = {"embeddings": table}
        if r.random() < 0.5:
            tensors["weights"] = torch.rand((pieces,), generator=generator) + 0.1
        if r.random() < 0.15:
            tensors["mapping"] = torch.randint(0, pieces, (pieces,), generator=generator)
        where = [p for p, _, names in os.walk(folder) if "model.safetensors" in names][0]
        save_file(tensors, os.path.join(where, "model.safetensors"))
        what.append("model2vec: " + ", ".join(tensors))


PROMPTS = [
    {},
    {"query": "query : ", "document": "passage : "},
    {"query": "query : ", "document": ""},
    {"query": "", "document": "moon : "},
    {"query": "query : ", "document": "passage : ", "passage": "moon : "},
    {"query": "query : ", "passage": "moon : "},
    {"query": None, "corpus": "the moon : "},
    {"web_search_query": "moon : "},
    {"all": "the : "},
]


def edits(r, folder, what):
    """What other versions and other hands leave in a folder."""
    prompts = r.choice(PROMPTS)
    default = r.choice([None, None, *prompts]) if prompts else None
    similarity = r.choice([None] * 12 + ["cosine"] * 12 + ["dot"] * 4 + ["euclidean", "manhattan"])

    def sentence(config):
        config["prompts"] = prompts
        config["default_prompt_name"] = default
        config["similarity_fn_name"] = similarity
        if r.random() < 0.03:
            config["truncate_dim"] = 4

    edit(folder, "config_sentence_transformers.json", sentence)
    what.append(f"prompts {prompts} default {default} similarity {similarity}")
    if r.random() < 0.1:
        os.remove(os.path.join(folder, "config_sentence_transformers.json"))
        what.append("no config_sentence_transformers.json")
    if r.random() < 0.4:
        edit(folder, "modules.json", lambda modules: [
            {**module, "type": "sentence_transformers.models." + module["type"].split(".")[-1]} for module in modules
        ])
        what.append("older names of modules")
    if r.random() < 0.06:
        odd_modules(r, folder, what)
    older_pooling(r, folder, what)
    older_transformer(r, folder, what)
    tokenizer_settings(r, folder, what)
    if r.random() < 0.2:
        fields = ["type_vocab_size", "layer_norm_eps", "pad_token_id", "hidden_act", "architectures", "dtype"]
        dropped = r.sample(fields, r.choice([1, 2]))
        edit(folder, "config.json", lambda config: {k: v for k, v in config.items() if k not in dropped})
        what.append(f"config.json without {dropped}")
    if r.random() < 0.08:
        os.remove(os.path.join(folder, "modules.json"))
        what.append("no modules.json")
        if r.random() < 0.2:
            edit(folder, "config.json", lambda config: config.update(architectures=["XForCausalLM"]))
            what.append("a causal architecture")
    elif r.random() < 0.15:
        first_in_folder(folder, what)


def odd_modules(r, folder, what):
    """Chains that the library computes and the lab may not."""
    with open(os.path.join(folder, "modules.json"), encoding="utf-8") as file:
        modules = json.load(file)
    kinds = [module["type"].split(".")[-1] for module in modules]
    if "Normalize" not in kinds:
        return
    at = kinds.index("Normalize")
    if r.random() < 0.5:
        path = os.path.join(folder, modules[at]["path"])
        os.makedirs(path, exist_ok=True)
        dump({"module_input_name": r.choice(["token_embeddings", "sentence_embedding"])}, os.path.join(path, "config.json"))
        what.append("Normalize of a named input")
    elif at > 1:
        modules[at - 1], modules[at] = modules[at], modules[at - 1]
        for i, module in enumerate(modules):
            module.update(idx=i, name=str(i))
        dump(modules, os.path.join(folder, "modules.json"))
        what.append("Normalize one earlier")


def first_in_folder(folder, what):
    """Before version 2 the first module had a folder of its own, and some names of files said its kind."""
    with open(os.path.join(folder, "modules.json"), encoding="utf-8") as file:
        modules = json.load(file)
    if modules[0]["path"] not in ("", "."):
        return
    modules[0]["path"] = "0_" + modules[0]["type"].split(".")[-1]
    inner = os.path.join(folder, modules[0]["path"])
    os.makedirs(inner)
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and name not in ("modules.json", "config_sentence_transformers.json", "README.md"):
            shutil.move(path, inner)
    dump(modules, os.path.join(folder, "modules.json"))
    what.append("its first module in a folder")
    config, settings = os.path.join(inner, "config.json"), os.path.join(inner, "sentence_bert_config.json")
    if os.path.exists(settings) and os.path.exists(config):
        with open(config, encoding="utf-8") as file:
            kind = json.load(file)["model_type"]
        os.rename(settings, settings.replace("_bert_", f"_{kind}_"))


def older_pooling(r, folder, what):
    if r.random() < 0.5:
        return

    def flags(config):
        if not isinstance(config.get("pooling_mode"), str):
            return None
        mode = config.pop("pooling_mode")
        names = {"cls": "cls_token", "max": "max_tokens", "mean": "mean_tokens", "weightedmean": "weightedmean_tokens"}
        on = names.get(mode, mode)
        config["word_embedding_dimension"] = config.pop("embedding_dimension")
        for name in ["cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens"]:
            config["pooling_mode_" + name] = name == on
        if mode != "mean" or r.random() < 0.7:
            config["pooling_mode_" + on] = True
        else:
            config["pooling_mode_" + on] = False
        return None

    for name in sorted(os.listdir(folder)):
        if name.endswith("Pooling"):
            edit(folder, name + "/config.json", flags)
            what.append("older flags of pooling")


def older_transformer(r, folder, what):
    path = os.path.join(folder, "sentence_bert_config.json")
    if not os.path.exists(path):
        return
    how = r.choice(["as it is", "older", "lower", "null", "none", "length"] * 3 + ["both lengths", "processor"])
    if how == "none":
        os.remove(path)
    elif how in ("older", "lower", "null"):
        length = None if how == "null" else r.choice([7, 12, 20])
        dump({"max_seq_length": length, "do_lower_case": how == "lower"}, path)
    elif how == "length":
        edit(folder, "sentence_bert_config.json", lambda config: config.update(max_seq_length=r.choice([5, 8, 20])))
    elif how == "both lengths":
        length, other = r.choice([(5, 5), (8, 8), (60, 60), (5, 8), (None, 6)])
        edit(folder, "sentence_bert_config.json", lambda config: config.update(query_length=length, document_length=other))
    elif how == "processor":
        extra = r.choice([
            {"processor_kwargs": {"model_max_length": 7}, "max_seq_length": 12},
            {"processing_kwargs": {"text": {"max_length": 6}}},
            {"processing_kwargs": {"text": {"truncation": False}}},
            {"model_kwargs": {"attn_implementation": "eager"}},
            {"transformer_task": "fill-mask"},
        ])
        edit(folder, "sentence_bert_config.json", lambda config: config.update(extra))
        how += f" {extra}"
    what.append(f"sentence_bert_config {how}")


def tokenizer_settings(r, folder, what):
    def change(config):
        roll = r.random()
        if roll < 0.3:
            config["tokenizer_class"] = "PreTrainedTokenizerFast"
        elif roll < 0.36:
            config.pop("tokenizer_class", None)
        elif roll < 0.5 and config.get("tokenizer_class") == "BertTokenizer":
            config["do_lower_case"] = not config.get("do_lower_case", True)
        elif roll < 0.55:
            config["tokenizer_class"] += "Fast"
        elif roll < 0.6:
            config["add_prefix_space"] = not config.get("add_prefix_space", True)
        elif roll < 0.63:
            config["padding_side"] = "left"
        elif roll < 0.65:
            config["truncation_side"] = "left"
        elif roll < 0.67:
            config["add_bos_token"] = r.random() < 0.5
        elif roll < 0.69:
            config["tokenizer_class"] = r.choice(["DistilBertTokenizer", "NoSuchTokenizer", "TokenizersBackend"])
        elif roll < 0.71:
            config["model_max_length"] = 1000000000000000019884624838656
        else:
            return
        what.append(f"tokenizer_config {json.dumps(config)[:400]}")

    edit(folder, "tokenizer_config.json", change)


def build(seed, folder, what):
    r = random.Random(seed)
    if r.random() < 0.15:
        bag(r, folder, what)
    else:
        base = folder + ".base"
        tokenizer, in_parts = transformer_folder(r, base, what)
        transformer = st.Transformer(base)
        chain = [transformer, *vector_modules(r, transformer.get_embedding_dimension(), what, tokenizer)]
        if r.random() < 0.015:
            chain = [st.Router.for_query_document([st.Transformer(base)], [transformer]), *chain[1:]]
            what.append("Router")
        SentenceTransformer(modules=chain, device="cpu").save(folder, create_model_card=False)
        if in_parts and "Router" not in what:  # the library writes one file again
            os.remove(os.path.join(folder, "model.safetensors"))
            for name in os.listdir(base):
                if name.startswith("model"):
                    shutil.copy(os.path.join(base, name), folder)
        shutil.rmtree(base)
    edits(r, folder, what)


def prompt_of(folder, names):
    """The prompt of a side where encode_query and encode_document take none of their own; None where they decide."""
    path = os.path.join(folder, "config_sentence_transformers.json")
    if not os.path.exists(path) or not os.path.exists(os.path.join(folder, "modules.json")):
        return None
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    prompts = config.get("prompts") or {}
    if names[0] in prompts:
        return None
    found = [name for name in [*names[1:], config.get("default_prompt_name")] if name in prompts]
    return (prompts[found[0]] or "") if found else None


def scores(folder, queries, passages):
    # The arithmetic of half weights is that of float32 in the lab.
    model = SentenceTransformer(folder, device="cpu", local_files_only=True, model_kwargs={"dtype": torch.float32})
    query, passage = prompt_of(folder, ["query"]), prompt_of(folder, ["document", "passage", "corpus"])
    # One text at a time, so that no text's padding reaches another.
    q = [model.encode_query([text], **({} if query is None else {"prompt": query}))[0] for text in queries]
    p = [model.encode_document([text], **({} if passage is None else {"prompt": passage}))[0] for text in passages]
    return model.similarity(torch.tensor(q), torch.tensor(p)).tolist()


def answer(seed, question):
    folder, what = os.path.join(question["folder"], str(seed)), []
    try:
        build(seed, folder, what)
    except BaseException as error:
        return {"what": what, "scores": None, "why": f"not built: {error!r}"[:300]}
    try:
        found = scores(folder, question["queries"], question["passages"])
        return {"what": what, "scores": found if all(map(math.isfinite, sum(found, []))) else None, "why": ""}
    except BaseException as error:  # a panic of Rust is no Exception
        return {"what": what, "scores": None, "why": repr(error)[:300]}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        answers = [answer(seed, asked) for seed in asked["seeds"]]
    json.dump(answers, sys.stdout)
