"""What long work has done so far, kept until all is done, so that it can go on after a stop."""

from __future__ import annotations

import os
import pickle
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Stream = Callable[[Callable[[Item], Result], Iterable[Item]], Iterable[Result]]

WORTH_KEEPING = 5.0  # seconds
UNREADABLE = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, ValueError)


class Kept:
    """Results in a folder of the user's own cache, which lies there as long as the work lasts.

    The folder's name must say all that the results depend on. They are pickled: like compiled code
    they are for the same user on the same machine.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def once(self, name: str, make: Callable[[], Result]) -> Result:
        """Give what is kept under a name, or make it; what took no time is not kept."""
        if self._has(name):
            with suppress(*UNREADABLE):
                found: Result = self._read(name)
                return found
        start = time.monotonic()
        result = make()
        if time.monotonic() - start >= WORTH_KEEPING:
            self._write(name, result)
        return result

    def stream(
        self,
        name: str,
        stream: Stream[Item, Result],
        function: Callable[[Item], Result],
        items: Sequence[Item],
    ) -> Iterator[Result]:
        """Give the result of each item in their order, and make only those that are not kept."""
        if len(items) == 1:
            yield from stream(function, items)
            return
        names = [f"{name}-{number:06}-of-{len(items)}" for number in range(len(items))]
        there = [self._has(one) for one in names]
        missing = [item for item, is_there in zip(items, there, strict=True) if not is_there]
        made = iter(stream(function, missing))
        for item, one, is_there in zip(items, names, there, strict=True):
            if not is_there:
                result = next(made)
                self._write(one, result)
            else:
                try:
                    result = self._read(one)
                except UNREADABLE:  # damaged on disk
                    result = function(item)
            yield result

    def clear(self) -> None:
        """Delete everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _has(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def _read(self, name: str) -> Any:  # noqa: ANN401, whatever was kept
        with (self.folder / name).open("rb") as file:
            return pickle.load(file)

    def _write(self, name: str, result: object) -> None:
        """Write a file whole or not at all; a full disk is no reason to stop."""
        work = self.folder / f".{name}-{os.getpid()}-{threading.get_ident()}"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with work.open("wb") as file:
                pickle.dump(result, file, protocol=pickle.HIGHEST_PROTOCOL)
            work.replace(self.folder / name)
