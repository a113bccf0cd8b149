# An exported project's metrics of invented vectors, and how it spells numbers and digests.
import json
import sys
from pathlib import Path

import numpy as np

question = json.load(sys.stdin)
sys.path.insert(0, str(Path(__file__).parents[2] / "src" / "core" / "project"))
from evaluate import evaluate  # noqa: E402
from record import canonical, final_form  # noqa: E402


def measured(case):
    queries, passages = (np.array(case[side], np.float32) for side in ("queries", "passages"))
    result, per_query = evaluate(case["asked"], question["metrics"], queries, passages)
    return {"final": final_form(result, question["metrics"]), "perQuery": per_query}


print(json.dumps({"cases": [measured(case) for case in question["cases"]], "spelt": canonical(question["values"])}))
