"""Who is heard in one outlet and never in another, on the same events."""

from __future__ import annotations

import pandas as pd

from analysis.compare.discovery import adjust
from analysis.compare.terms import compare_terms
from analysis.compare.voices import COLUMNS, count_voices
from analysis.corpus.schema import DataError, check_columns
from analysis.text.speaker_kinds import GROUP

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
    named = voices[(voices["speaker_kind"] != GROUP) & (voices["speaker"] != "")]
    about = articles[["article_id", by, within]].dropna()
    covered = about[[by, within]].drop_duplicates()
    heard = named.merge(about, on="article_id")[["speaker", by, within]].drop_duplicates()
    chances = heard.merge(covered, on=within, suffixes=("_heard", ""))
    chances = chances[chances[f"{by}_heard"] != chances[by]]
    gone = chances.groupby([by, "speaker"], as_index=False).agg(
        n_events=(within, "nunique"),
        heard_in=(f"{by}_heard", lambda names: "; ".join(sorted(map(str, set(names))))),
    )
    ever = chances.merge(heard, on=["speaker", by, within])[[by, "speaker"]].drop_duplicates()
    gone = gone.merge(ever, on=[by, "speaker"], how="left", indicator=True)
    gone = gone[(gone["_merge"] == "left_only") & (gone["n_events"] >= FEWEST_EVENTS)]
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
