"""Days of which a corpus holds nothing of an outlet because they were not collected."""

from __future__ import annotations

import pandas as pd

from analysis.check.days import count_days, long_gaps
from analysis.check.periods import FEWEST_TO_OVERLAP
from analysis.corpus.schema import check_articles

ONE_DAY = pd.Timedelta(days=1)
COLUMNS = ["first", "last", "why"]


def find_gaps(articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Find the days of the corpus on which an outlet was not collected, as far as dates tell.

    Parameters
    ----------
    articles
        With ``article_id``, ``published`` and the `by` column.

    Returns
    -------
    pandas.DataFrame
        A row per run of days: the `by` column, ``first, last`` and ``why`` (``"before its first
        article"``, ``"after its last article"``, ``"gap"``: longer than chance makes it, see
        ``check_corpus``). An outlet with fewer than three dated articles is one gap.

    Notes
    -----
    Misleads when an outlet did not publish: silence and a gap in the collection look alike.
    """
    check_articles(articles, needs=("published", by))
    dated = articles[["published", by]].dropna(subset=["published"])  # without a copy of the texts
    days = dated["published"].dt.floor("D")
    rows: list[tuple[str, pd.Timestamp, pd.Timestamp, str]] = []
    for group in sorted(articles[by].astype("str").unique()) if len(dated) else []:
        own = dated.loc[dated[by].astype("str") == group, "published"]
        if len(own) < FEWEST_TO_OVERLAP:
            rows.append((group, days.min(), days.max(), "too few dates"))
            continue
        first, last = own.min().floor("D"), own.max().floor("D")
        if first > days.min():
            rows.append((group, days.min(), first - ONE_DAY, "before its first article"))
        for start, length in long_gaps(count_days(own)):
            rows.append((group, start, start + (length - 1) * ONE_DAY, "gap"))
        if last < days.max():
            rows.append((group, last + ONE_DAY, days.max(), "after its last article"))
    return pd.DataFrame(rows, columns=[by, *COLUMNS])
