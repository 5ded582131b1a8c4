"""The code points of many texts as arrays, and what kind of sign each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.text.tokens import Tokens

Array = NDArray[Any]

ROWS = 256  # texts at a time: their code points take about 4 MB
N_CODES = 0x110000
UNKNOWN = 0xFF


class Stretch(NamedTuple):
    """The code points of some texts that stand side by side."""

    first: int  # row of the first text
    codes: Array  # uint32
    begins: Array  # of each text among the codes, and the end of the last one
    texts: list[str]


def each_stretch(texts: pd.Series) -> Iterator[Stretch]:
    """Give all texts, some at a time."""
    for first in range(0, len(texts), ROWS):
        some = texts.iloc[first : first + ROWS].tolist()
        begins = np.cumsum([0, *map(len, some)])
        blob = "".join(some).encode("utf-32-le", "surrogatepass")
        yield Stretch(first, np.frombuffer(blob, dtype="<u4"), begins, some)


class Kinds:
    """What kind of sign code points are, by a number below 255; each is asked about once."""

    def __init__(self, kind_of: Callable[[str], int]) -> None:
        self._kind_of = kind_of
        self._known = np.full(N_CODES, UNKNOWN, dtype=np.uint8)

    def of(self, codes: Array) -> NDArray[np.uint8]:
        """Give the kind of each code point."""
        found = self._known[codes]
        new = np.unique(codes[found == UNKNOWN])
        if len(new):
            self._known[new] = [self._kind_of(chr(code)) for code in new.tolist()]
            found = self._known[codes]
        return found


def each_capital(tokens: Tokens) -> Iterator[tuple[slice, slice, NDArray[np.bool_]]]:
    """Give some articles at a time, their tokens, and a mark for a capital as its first letter."""
    capital = Kinds(str.isupper)
    for stretch in each_stretch(tokens.articles["text"]):
        inside, shift = token_places(tokens, stretch)
        rows = slice(stretch.first, stretch.first + len(stretch.texts))
        yield rows, inside, capital.of(stretch.codes[tokens.starts[inside] + shift]).astype(bool)


def token_places(tokens: Tokens, stretch: Stretch) -> tuple[slice, Array]:
    """Give the tokens of a stretch, and where the text of each of them begins in it."""
    pointer = tokens.pointer[stretch.first : stretch.first + len(stretch.begins)]
    return slice(pointer[0], pointer[-1]), np.repeat(stretch.begins[:-1], np.diff(pointer))
