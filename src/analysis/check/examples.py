"""What a finding is about, in a few examples."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from analysis.corpus.repeats import line_key
from analysis.wording import listed

EXAMPLES, LONGEST = 3, 80


def name_examples(measured: pd.DataFrame, column: str) -> dict[str, str]:
    """Say of each outlet what stands in most of its articles.

    Parameters
    ----------
    measured
        With ``outlet`` and `column`, a list of texts by article; texts that differ in case or
        digits only are one.

    Returns
    -------
    dict
        By outlet, a sentence with the commonest texts and the number of articles of each.
    """
    said = {}
    for outlet, lists in measured.groupby("outlet", sort=True)[column]:
        counts: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for texts in lists:
            spelt = {line_key(text): text for text in texts}
            counts.update(spelt.keys())
            shown = spelt | shown
        often = sorted(counts, key=lambda key: (-counts[key], key))[:EXAMPLES]
        quoted = [f"\u201c{_shorten(shown[key])}\u201d (in {counts[key]:,})" for key in often]
        said[str(outlet)] = f"Most often: {listed(quoted)}." if quoted else ""
    return said


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}\u2026"
