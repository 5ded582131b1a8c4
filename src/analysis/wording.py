"""Numbers, lists and dates as sentences write them."""

from __future__ import annotations

import pandas as pd


def plural(number: int, noun: str) -> str:
    """Give a number with its noun: ``1 article``, ``1,204 articles``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(words: list[str]) -> str:
    """Join words as a sentence does: ``A, B and C``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def day(date: pd.Timestamp) -> str:
    """Write a date so that no reader takes the day for the month: ``5 January 2026``."""
    return f"{date.day} {date:%B %Y}"
