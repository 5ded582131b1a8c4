"""How the blocks of a page are written: capitals, digits, signs, and how they begin and end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.floating[Any]]

_LABEL = re.compile(r"[^.!?:]{2,25}:\s")
_DATE = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b")
_BAR = re.compile(r" [|»›•·>] |^[|»›•·>▶→-]")


def sign_features(texts: Sequence[str], size: Column, linked: Column) -> dict[str, Column]:
    """Describe the writing of each block; ``size`` is its words, ``linked`` its share of links."""

    def column(read: Callable[[str], Any]) -> Column:
        return np.array([float(read(text)) for text in texts])

    label = column(lambda text: bool(_LABEL.match(text)))
    return {
        "colon": column(lambda text: text.endswith(":")),
        "label": label,
        "label, linked": label * (linked > 0.4),
        "capitals": column(_capitals),
        "digits": column(lambda text: sum(map(str.isdigit, text)) / max(1, len(text))),
        "date": column(lambda text: bool(_DATE.search(text))) * (size < 15),
        "bar": column(lambda text: bool(_BAR.search(text))),
        "copyright": column(lambda text: "©" in text),
        "commas": column(lambda text: text.count(",")) / np.maximum(size, 1),
    }


def _capitals(text: str) -> float:
    """Give the share of capitals among the letters."""
    return sum(map(str.isupper, text)) / max(1, sum(map(str.isalpha, text)))
