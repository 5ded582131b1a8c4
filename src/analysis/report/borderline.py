"""The events that a reader should look at: borderline pairs, and how to decide them."""

from __future__ import annotations

import pandas as pd

from analysis.corpus.schema import DataError
from analysis.text.event_borderline import PAIR_COLUMNS
from analysis.text.events import THRESHOLD
from analysis.wording import plural


def tabulate_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """Lay out borderline pairs for reading: the two articles, what they share, what was decided.

    Parameters
    ----------
    pairs
        As ``borderline_pairs`` gives them.

    Returns
    -------
    pandas.DataFrame
        ``now`` (one event or two), ``link``, ``first`` and ``second`` (outlet, date, title),
        ``shared`` terms, ``to change`` (the line for the overrides file that turns it over).
    """
    check_pairs(pairs)
    together = pairs["together"].to_numpy(dtype=bool)
    lines = [
        f"{'apart' if joined else 'same'}: [{one}, {other}]"
        for joined, one, other in zip(
            together, map(quoted, pairs["article_id"]), map(quoted, pairs["other_id"]), strict=True
        )
    ]
    return pd.DataFrame(
        {
            "now": ["one event" if joined else "two events" for joined in together],
            "link": pairs["link"].to_numpy(),
            "first": name_articles(pairs, ""),
            "second": name_articles(pairs, "other_"),
            "shared": pairs["shared"].to_numpy(),
            "to change": lines,
        }
    )


def name_articles(pairs: pd.DataFrame, side: str) -> list[str]:
    """Name the articles of one side by outlet, date and title, as far as they are known."""
    dates = pairs[f"{side}published"].dt.strftime("%Y-%m-%d").fillna("")
    parts = zip(pairs[f"{side}outlet"], dates, pairs[f"{side}title"], strict=True)
    return [", ".join(part for part in three if part) for three in parts]


def write_overrides(pairs: pd.DataFrame) -> str:
    """Write the overrides file that turns every one of the pairs over, to keep some lines of it.

    Parameters
    ----------
    pairs
        Rows of ``borderline_pairs``.

    Returns
    -------
    str
        YAML, as ``group_events`` reads it.
    """
    check_pairs(pairs)
    written = []
    for kind, chosen in (("same", pairs[~pairs["together"]]), ("apart", pairs[pairs["together"]])):
        ids = zip(map(quoted, chosen["article_id"]), map(quoted, chosen["other_id"]), strict=True)
        written += [f"{kind}:", *(f"- [{one}, {other}]" for one, other in ids)]
    return "\n".join(written) + "\n"


def describe_pairs(pairs: pd.DataFrame, *, threshold: float = THRESHOLD) -> list[str]:
    """Say how to decide borderline pairs.

    Parameters
    ----------
    pairs
        As ``borderline_pairs`` gives them.
    threshold
        The threshold of ``group_events``.
    """
    check_pairs(pairs)
    if pairs.empty:
        return ["No two articles are alike enough for a small change to join or part them."]
    joined = int(pairs["together"].sum())
    return [
        f"{plural(len(pairs), 'pair')} nearest to the threshold of {threshold:g}: {joined:,} of "
        f"one event, {len(pairs) - joined:,} of two.",
        "To join the events of a pair, write its two ids under `same:` in a YAML file; to keep "
        "its articles apart, under `apart:`. Kept as `events.yml` beside the articles, every later "
        "run respects it.",
    ]


def quoted(article_id: str) -> str:
    """Write an id so that YAML reads it as the text that it is."""
    escaped = str(article_id).replace("'", "''")
    return f"'{escaped}'"


def check_pairs(pairs: pd.DataFrame) -> None:
    """Refuse a frame of something else."""
    missing = [name for name in PAIR_COLUMNS if name not in pairs.columns]
    if missing:
        raise DataError(f"the pairs lack {missing[0]!r}; pass what borderline_pairs gave")
