"""Texts put into files as they are read, so that few of them stand in memory at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.columnar import open_table, write_frame
from analysis.corpus.taking import is_arrow

BYTES_AT_ONCE = 64_000_000  # a file; each is a map, of which a process may have some 65,000


class TextFiles:
    """Takes the texts of frames over into files of a folder, which must outlive the frames' use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: list[pd.DataFrame] = []
        self.n_bytes = self.n_files = 0

    def put(self, frames: Sequence[pd.DataFrame]) -> None:
        """Take over the texts of some frames, sooner or later: the frames are changed in place."""
        for frame in frames:
            if is_arrow(frame["text"].dtype):
                self.waiting.append(frame)
                self.n_bytes += frame["text"].array.nbytes
            if self.n_bytes >= BYTES_AT_ONCE:
                self.close()

    def close(self) -> None:
        """Take over the texts that still wait."""
        if not self.waiting:
            return
        path = self.folder / f"{self.n_files:06}.arrow"
        write_frame(pd.concat([frame[["text"]] for frame in self.waiting]), path)
        texts = open_table(path)["text"]
        start = 0
        for frame in self.waiting:
            some = texts.slice(start, len(frame))
            frame["text"] = pd.array(some, dtype=frame["text"].dtype)
            start += len(frame)
        self.n_files += 1
        self.n_bytes, self.waiting = 0, []
