"""Int8 rows by NumPy alone: what a file's codes and scales stand for, and the codes and scales that a float file would get.

In: {wide, narrow: paths of safetensors files}; out: for each I8 tensor of `narrow` SHA-256 of its values in float32, of its
codes and scales, and of those of the same tensor of `wide`.
"""
import hashlib
import json
import sys

import numpy as np
from safetensors.numpy import load_file


def sha(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def narrowed(values):
    scales = (np.abs(values).max(axis=1).astype(np.float64) / 127).astype(np.float32)
    scales = ((scales.view(np.uint32) + np.uint32(64)) & ~np.uint32(127)).view(np.float32)
    safe = np.where(scales == 0, 1, scales).astype(np.float64)[:, None]
    codes = np.clip(np.rint(values.astype(np.float64) / safe), -127, 127)
    return codes.astype(np.int8), scales


question = json.load(sys.stdin)
wide, narrow = load_file(question["wide"]), load_file(question["narrow"])
answer = {}
for name, codes in narrow.items():
    if codes.dtype != np.int8:
        continue
    scales = narrow[f"{name}.scale"]
    own_codes, own_scales = narrowed(wide[name])
    answer[name] = {
        "values": sha(scales[:, None] * codes.astype(np.float32)),
        "codes": sha(codes),
        "scales": sha(scales),
        "ownCodes": sha(own_codes),
        "ownScales": sha(own_scales),
    }
json.dump(answer, sys.stdout)
