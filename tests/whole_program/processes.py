"""The processes of a running program, found from its own process id down: only what a test started is ever ended."""

import os
import signal
import time
from pathlib import Path


def children(pid):
    found = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text().split()]
    except OSError:
        pass  # it ended meanwhile
    return found


def kind(pid):
    """"engine", "decoder", "" for the rest."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    role = arguments[1].decode(errors="replace") if len(arguments) > 1 else ""
    return role.removesuffix("-process") if role in ("engine-process", "decoder-process") else ""


def below(pid, wanted):
    """Processes of a kind below one."""
    found = []
    for child in children(pid):
        if kind(child) == wanted:
            found.append(child)
        found += below(child, wanted)
    return found


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
        return True
    except ProcessLookupError:
        return False


def kill_one(random, program, victim):
    """Ends the program itself or one process below it; whether there was one."""
    if victim == "program":
        return kill(program)
    for _ in range(40):  # a decoder lives for some milliseconds only
        candidates = below(program, victim)
        if candidates:
            return kill(random.choice(candidates))
        time.sleep(0.01)
    return False
