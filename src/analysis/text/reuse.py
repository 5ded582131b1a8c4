"""Which articles carry the text of others, and how much of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.corpus.credits import find_agency
from analysis.corpus.schema import DataError, check_articles
from analysis.corpus.taking import take_rows
from analysis.text.joining import join_pairs
from analysis.text.repeated_runs import find_repeated

REUSE_COLUMNS = ["article_id", "other_id", "share", "runs"]

COPY_SHARE = 0.5

Longs = NDArray[np.int64]


class Shared(NamedTuple):
    """Ordered pairs of articles of which the first shares text with the second."""

    rows: Longs
    others: Longs
    share: NDArray[np.float64]  # of the first one's runs
    runs: Longs


def find_reuse(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the articles that share text, whoever wrote it.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``.

    Returns
    -------
    pandas.DataFrame
        A row per ordered pair whose ``share`` is 0.1 or more: ``article_id``, ``other_id``,
        ``share`` (0 to 1: of the distinct runs of five words of the first article, those that
        stand in the other one) and ``runs`` (how many these are). Words are the runs of
        ``[a-z0-9]`` of the NFKC text in lower case. Sorted by the articles' order.

    Raises
    ------
    DataError
        When a column is missing, an ``article_id`` is not unique, or a text is not a string.
    OSError
        When the folder for temporary files has no room: from some thousand articles on about 8 kB
        an article are written there, and deleted when their runs are sorted.

    Notes
    -----
    Shares are counted over all common runs, not estimated. Pairs are found with the prefix filter
    of set-similarity joins (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): two
    articles that share a tenth of the first one's runs must share one of all its runs but the
    commonest tenth, so that only the rarer runs look for partners. A run that stands in more than
    500 articles looks for none, which keeps the work proportional to the text: a text of which
    there are more than 500 copies is found only by runs that some of them do not have.

    Misleads when much of a text is furniture (clean it first), when two articles quote the same
    speech at length, and in languages that are not written in Latin letters, of which nothing is
    found.
    """
    shared = share_runs(articles)
    ids = articles["article_id"].astype("str").reset_index(drop=True)
    return pd.DataFrame(
        {
            "article_id": ids.take(shared.rows).array,
            "other_id": ids.take(shared.others).array,
            "share": shared.share,
            "runs": shared.runs,
        },
        columns=REUSE_COLUMNS,
    )


def share_runs(articles: pd.DataFrame) -> Shared:
    """Find what `find_reuse` finds, as rows of articles."""
    check_articles(articles)
    repeated = find_repeated(articles["text"])
    rows, others, common = join_pairs(repeated)
    order = np.lexsort((others, rows))
    rows, others, common = rows[order], others[order], common[order]
    return Shared(rows, others, common / np.maximum(repeated.n_runs[rows], 1), common)


def group_copies(reuse: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Group the articles that are copies or excerpts of one another.

    Parameters
    ----------
    reuse
        What `find_reuse` gives.
    articles
        The articles that it was given; ``published`` and ``agency`` are read where they are.

    Returns
    -------
    pandas.DataFrame
        One row per article, in their order; none is dropped. ``group`` is the ``source_id``, and
        both are empty for an article that stands alone. Groups are the connected components of the
        pairs of which one article has half of its runs in the other. The source is the earliest
        dated one; at the same date an agency's version, then the one whose id sorts first.

    Raises
    ------
    DataError
        When a column is missing, or `reuse` names an article that is not in `articles`.

    Notes
    -----
    Misleads when a long round-up holds several short articles: it joins them to one group.
    """
    check_articles(articles)
    ids = articles["article_id"].astype("str").reset_index(drop=True)
    copies = reuse[reuse["share"] >= COPY_SHARE]
    rows, others = (positions(copies[name], ids) for name in ("article_id", "other_id"))
    shape = (len(ids), len(ids))
    edges = sparse.coo_array((np.ones(len(rows), dtype=np.int8), (rows, others)), shape=shape)
    component = pd.Series(connected_components(edges, directed=False)[1] if len(ids) else [])
    joined = component.duplicated(keep=False)
    members = component[joined]
    sources = members.iloc[_by_priority(take_rows(articles, joined.to_numpy()))].drop_duplicates()
    source_of = pd.Series(ids.loc[sources.index].array, index=sources.array, dtype="str")
    source = component.map(source_of).where(joined, "").fillna("").astype("str")
    return pd.DataFrame({"article_id": ids, "group": source, "source_id": source})


def positions(names: pd.Series, ids: pd.Series) -> Longs:
    """Give the row of every id.

    Raises
    ------
    DataError
        When an id is not among `ids`.
    """
    rows: Longs = pd.Index(ids).get_indexer(pd.Index(names)).astype(np.int64)
    if (rows < 0).any():
        unknown = names.iloc[int((rows < 0).argmax())]
        raise DataError(
            f"the reuse names article_id {unknown!r}, which is not among the {len(ids)} articles; "
            "pass the articles that find_reuse was given"
        )
    return rows


def _by_priority(copies: pd.DataFrame) -> NDArray[np.intp]:
    """Order the articles, the likeliest source first."""
    dates = copies.get("published", pd.Series(pd.NaT, index=copies.index))
    agency = copies.get("agency")
    if agency is None:
        agency = copies["text"].map(find_agency)
    keys = pd.DataFrame(
        {
            "date": pd.to_datetime(dates).array,
            "own": (agency.fillna("") == "").array,
            "article_id": copies["article_id"].astype("str").array,
        }
    )
    keys = keys.sort_values(["date", "own", "article_id"], na_position="last")
    order: NDArray[np.intp] = keys.index.to_numpy()
    return order
