# Ids of a project's training questions, by row.
import json
import sys

question = json.load(sys.stdin)
sys.path.insert(0, question["project"])
from pathlib import Path  # noqa: E402

from project import Project  # noqa: E402

print(json.dumps([query.id for query in Project(Path(question["project"])).train.queries]))
