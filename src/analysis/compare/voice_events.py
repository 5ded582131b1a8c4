"""Who is heard in one outlet and never in another, on the same events."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.compare.discovery import adjust
from analysis.compare.terms import compare_terms
from analysis.compare.voices import COLUMNS, count_voices
from analysis.corpus.schema import DataError, check_columns
from analysis.text.speaker_kinds import GROUP
from analysis.text.texts import find_rows

FEWEST_EVENTS = 2  # on which others hear a speaker


def find_unheard(
    voices: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", within: str = "event_id"
) -> pd.DataFrame:
    """Find who is heard in other groups and never in one, on events that the group covers too.

    Parameters
    ----------
    voices
        As ``measure_voices`` gives them; groups without a name ("officials") are left out.
    articles
        The articles behind them, with ``article_id``, `by` and `within`: those of
        ``Corpus.with_events``.
    by, within
        Columns of the articles: whose groups are looked at, and their events.

    Returns
    -------
    pandas.DataFrame
        A row per group and speaker whom it never hears on the events that it covers and on which
        others hear the speaker, two events or more: the `by` column, ``speaker``, ``n_events``,
        ``heard_in`` (the groups that hear the speaker on them, joined by ``"; "``); ``estimate,
        low, high, p`` of ``compare_terms`` inside the events (the group's quoted words that are the
        speaker's, against the others'), ``q`` (Benjamini and Hochberg over these rows). Most
        certain first.

    Raises
    ------
    DataError
        When a column is missing.

    Notes
    -----
    Misleads where a speaker goes by another name, or where an event holds several happenings.
    """
    check_columns(voices, COLUMNS, name="voices", source="what measure_voices gives")
    missing = [name for name in (by, within) if name not in articles]
    if missing:
        raise DataError(
            f"articles has no column {missing[0]!r}; for events pass Corpus.with_events().articles"
        )
    columns = [by, "speaker", "n_events", "heard_in", "estimate", "low", "high", "p", "q"]
    named = voices[(voices["speaker_kind"] != GROUP) & (voices["speaker"].fillna("") != "")]
    about = articles[["article_id", by, within]].dropna()
    gone = find_silences(named[["article_id", "speaker"]], about, by, within)
    if gone.empty:
        return pd.DataFrame(columns=columns)
    about = articles.drop(columns="text", errors="ignore")
    counts = count_voices(voices, about[about[within].notna()])
    wanted = pd.Index(counts.terms).isin(gone["speaker"])
    table = compare_terms(counts.take_terms(wanted), by=by, within=within)
    table = table.rename(columns={"term": "speaker"})[[by, "speaker", *columns[4:8]]]
    found = gone.merge(table.astype({by: gone[by].dtype, "speaker": "str"}), on=[by, "speaker"])
    found["q"] = adjust(found["p"].to_numpy())
    found = found.sort_values(["q", "p", "n_events"], ascending=[True, True, False], kind="stable")
    return found[columns].reset_index(drop=True)


def find_silences(named: pd.DataFrame, about: pd.DataFrame, by: str, within: str) -> pd.DataFrame:
    """Find the speakers whom a group never hears on its events, where others do on two or more.

    Returns
    -------
    pandas.DataFrame
        The `by` column, ``speaker``, ``n_events``, ``heard_in``; group by group, in order.
    """
    group, groups = pd.factorize(about[by], sort=True)
    event, events = pd.factorize(about[within])
    speaker, speakers = pd.factorize(named["speaker"], sort=True)
    row = find_rows(named["article_id"], about)
    inside = row >= 0
    # Speaker by speaker, in each event by event: who is heard where, and in which group.
    told = np.unique(
        (speaker[inside] * len(events) + event[row[inside]]) * len(groups) + group[row[inside]]
    )
    heard, hearing = told // len(groups), told % len(groups)
    found: list[tuple[Any, ...]] = []
    for code, name in enumerate(groups):  # group by group: all pairs of groups are many
        covers = np.zeros(len(events), dtype=bool)
        covers[event[group == code]] = True
        others = np.flatnonzero((hearing != code) & covers[heard % len(events)])
        own = np.isin(heard[others], heard[hearing == code])
        n_events = np.bincount(np.unique(heard[others]) // len(events), minlength=len(speakers))
        silent = n_events >= FEWEST_EVENTS
        silent[heard[others[own]] // len(events)] = False
        by_speaker = heard[others] // len(events)
        chosen = silent[by_speaker]
        pairs = np.unique(by_speaker[chosen] * len(groups) + hearing[others[chosen]])
        hear: dict[int, list[str]] = {}
        for one in pairs.tolist():
            hear.setdefault(one // len(groups), []).append(str(groups[one % len(groups)]))
        found += [
            (name, speakers[one], n_events[one], "; ".join(sorted(names)))
            for one, names in hear.items()
        ]
    gone = pd.DataFrame(found, columns=[by, "speaker", "n_events", "heard_in"])
    return gone.astype({by: about[by].dtype, "speaker": "str", "n_events": "int64"})
