# What train.py of a project says in the end, however it is asked. In: {project, asked: command lines}. Out: a sentence each.
import contextlib
import io
import json
import sys

question = json.load(sys.stdin)
sys.path.insert(0, question["project"])
import train  # noqa: E402
from accelerate.state import AcceleratorState  # noqa: E402


def ending(words):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            AcceleratorState._reset_state(reset_partial_state=True)  # each as in a process of its own
            sys.argv = ["train.py", *words]
            train.main()
        except SystemExit as end:
            if isinstance(end.code, str):
                return end.code
    return (err.getvalue() + out.getvalue()).strip().split("\n")[-1].removeprefix("train.py: error: ")


print(json.dumps([ending(words) for words in question["asked"]]))
