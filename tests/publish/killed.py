"""Publishes a site and is killed at its nth access to the site or its state: a script, no test."""

import os
import signal
import sys
from pathlib import Path

from analysis import pipeline, prepared
from analysis.cli import main

EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}


def kill_at(last: int, folder: str) -> None:
    """Kill this process at an access to `folder`; 0: never, but say how many there were."""
    seen = 0

    def watch(event: str, arguments: tuple) -> None:
        nonlocal seen
        if event in EVENTS and any(
            isinstance(one, (str, bytes, os.PathLike)) and folder in os.fsdecode(one)
            for one in arguments
        ):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    code = main(["publish", str(Path(folder).with_suffix(".yml")), "--now", sys.argv[3]])
    sys.stdout.write(f"{seen}\n")
    sys.exit(code)


if __name__ == "__main__":
    place = Path(sys.argv[1]).with_name("prepared")
    pipeline.prepared_folder = prepared.prepared_folder = lambda: place
    kill_at(int(sys.argv[2]), sys.argv[1])
