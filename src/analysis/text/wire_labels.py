"""Whose text each article is, and whether it stands in its outlet already, as columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.corpus.schema import check_articles
from analysis.text.reuse import Shared, positions, share_runs
from analysis.text.wire import label_wire
from analysis.text.wire_credits import Credit

# `origin` is a file's place in a frame of articles, and `agency` is what was loaded.
NAMES = {"origin": "wire", "agency": "wire_agency"}
COLUMNS = ["wire", "wire_agency", "reused_share", "source_id", "copy_of"]
REPEAT_SHARE = 0.8


def add_wire(
    articles: pd.DataFrame, *, loaded: pd.DataFrame, credits: Sequence[Credit] | None = None
) -> pd.DataFrame:
    """Add to articles whose text they are.

    Parameters
    ----------
    articles
        Cleaned articles, one row each.
    loaded
        The same articles, and perhaps more, as they were loaded: credits stand there only.
    credits
        Of the loaded articles, where they were read before (see ``label_wire``).

    Returns
    -------
    pandas.DataFrame
        The articles with ``wire`` (``"own"``, ``"edited wire"``, ``"wire"``), ``wire_agency``,
        ``reused_share`` and ``source_id`` as ``label_wire`` gives them, and ``copy_of`` (see
        ``find_repeats``). A column that had one of these names is kept as ``loaded_<name>``.

    Raises
    ------
    DataError
        When a column is missing, or an article is not among those loaded.
    OSError
        When the folder for temporary files is full (see ``find_reuse``).
    """
    check_articles(articles)
    labels = label_wire(loaded, credits=credits).rename(columns=NAMES)
    rows = positions(articles["article_id"].astype("str"), labels.index.to_series())
    kept = articles.rename(columns={name: f"loaded_{name}" for name in COLUMNS})
    columns = {name: labels[name].iloc[rows].array for name in labels.columns}
    return kept.assign(**columns, copy_of=find_repeats(articles).array)


def find_repeats(articles: pd.DataFrame) -> pd.Series[str]:
    """Find the articles that stand in their outlet twice: scraped again, or part of a longer one.

    Parameters
    ----------
    articles
        Cleaned articles: ``article_id``, ``outlet``, ``text``; ``published`` is read where it is.

    Returns
    -------
    pandas.Series
        In the articles' order: the ``article_id`` of the article of the same outlet in which four
        fifths of this one's runs of five words stand; empty for all others. Of two that hold each
        other the longer is kept, then the earlier, then the one whose id sorts first; so one
        article of each set is never a repeat.

    Raises
    ------
    DataError
        When a column is missing, an ``article_id`` is not unique, or a text is not a string.
    OSError
        When the folder for temporary files is full (see ``find_reuse``).

    Notes
    -----
    Misleads when an outlet prints a form with few words of its own, such as a table of results.
    """
    check_articles(articles, needs=("outlet", "text"))
    ids = articles["article_id"].astype("str").reset_index(drop=True)
    shared = share_runs(articles)
    rows, others = shared.rows, shared.others
    outlet = articles["outlet"].to_numpy(dtype=object)
    inside = (shared.share >= REPEAT_SHARE) & (outlet[rows] == outlet[others])
    rank = _ranks(articles, shared)
    pairs = pd.DataFrame({"row": rows, "other": others, "rank": rank[others]})
    pairs = pairs[inside & (rank[others] < rank[rows])].sort_values(["row", "rank"])
    pairs = pairs.drop_duplicates("row")
    found = pd.Series("", index=ids.index, dtype="str")
    found.loc[pairs["row"]] = ids.loc[pairs["other"]].array
    return found


def _ranks(articles: pd.DataFrame, shared: Shared) -> np.ndarray:
    """Rank the articles: the longest first, then the earliest, then by id."""
    runs = np.zeros(len(articles))
    runs[shared.rows] = (shared.runs / shared.share).round()
    dates = articles.get("published", pd.Series(pd.NaT, index=articles.index))
    keys = pd.DataFrame(
        {
            "runs": -runs,
            "date": pd.to_datetime(dates).array,
            "article_id": articles["article_id"].astype("str").array,
        }
    )
    order = keys.sort_values(["runs", "date", "article_id"], na_position="last").index.to_numpy()
    return np.argsort(order)
