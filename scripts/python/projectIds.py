# Ids of a project's training questions and passages, by row.
import json
import sys

question = json.load(sys.stdin)
sys.path.insert(0, question["project"])
from pathlib import Path  # noqa: E402

from project import Project  # noqa: E402

train = Project(Path(question["project"])).train
print(json.dumps({side: [text.id for text in getattr(train, side)] for side in ("queries", "passages")}))
