"""What a training tells Leap: one JSON object a line on the real stdout. Everything that libraries print goes to stderr."""

import json
import os
import sys

_stdout = None


def claim_stdout() -> None:
    """Keeps stdout for events: print() and native code write to stderr from here on."""
    global _stdout
    _stdout = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr


def is_main() -> bool:
    """True in the process that speaks for all (the first of them)."""
    return int(os.environ.get("RANK", "0")) == 0


def emit(event: str, always: bool = False, **values) -> None:
    """Writes one event; from the first process only, unless `always`. A whole line in one write, so that lines of processes do not mix."""
    if not (always or is_main()):
        return
    line = json.dumps({"event": event, **values}, allow_nan=False, ensure_ascii=False) + "\n"
    data = line.encode()
    while data:
        data = data[os.write(_stdout if _stdout is not None else 1, data) :]
