"""The vectors that sentence-transformers gives to texts, with models loaded from folders and tokenised in Python.

In: [{folder, prompt: a prompt's name, texts}]; out: a list of vectors for each.
"""
import json
import sys

from sentence_transformers import SentenceTransformer

models = {}
answer = []
for job in json.load(sys.stdin):
    folder = job["folder"]
    if folder not in models:
        models[folder] = SentenceTransformer(folder, device="cpu", local_files_only=True)
    answer.append(models[folder].encode(job["texts"], prompt_name=job["prompt"], show_progress_bar=False).tolist())
json.dump(answer, sys.stdout)
