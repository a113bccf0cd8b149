"""The ids that the `tokenizers` library gives to texts, with the special tokens that a tokenizer.json adds.

In: [{json: a tokenizer.json as text, texts}]; out: a list of ids for each text of each.
"""
import json
import sys

from tokenizers import Tokenizer

answer = []
for job in json.load(sys.stdin):
    tokenizer = Tokenizer.from_str(job["json"])
    tokenizer.no_truncation()
    tokenizer.no_padding()
    answer.append([encoding.ids for encoding in tokenizer.encode_batch(job["texts"])])
json.dump(answer, sys.stdout)
