"""Articles that stand in the corpus more than once."""

from __future__ import annotations

import hashlib

import pandas as pd

from analysis.corpus.taking import each_text
from analysis.memory import give_back
from analysis.text.reuse import COPY_SHARE, find_reuse, positions

LEAST_RUNS = 20  # fewer common runs of five words are a formula or a short quotation


def mark_copies(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark the articles of which half or more stands in another one.

    Parameters
    ----------
    articles
        One row per article, with ``article_id``, ``outlet``, ``published`` and ``text``.

    Returns
    -------
    pandas.DataFrame
        bool, a row per article: ``copy`` (of an earlier article of the same outlet), ``exact``
        (whose words are the same to the last), ``shared`` (with an article of another outlet).
    """
    reuse = find_reuse(articles)
    reuse = reuse[(reuse["share"] >= COPY_SHARE) & (reuse["runs"] >= LEAST_RUNS)]
    give_back()
    ids = articles["article_id"].astype("str")
    rows, others = (positions(reuse[name], ids) for name in ("article_id", "other_id"))
    outlet = articles["outlet"].to_numpy()
    # Undated ones come last; at the same moment the order of the corpus decides.
    dates = articles["published"].reset_index(drop=True)
    rank = dates.sort_values(kind="stable").index.argsort()
    same = outlet[rows] == outlet[others]
    words = list(map(name_words, each_text(articles["text"])))
    ordered = pd.DataFrame({"outlet": outlet, "words": words, "rank": rank})
    twice = ordered.sort_values("rank").duplicated(["outlet", "words"]).sort_index()
    marks = pd.DataFrame(
        {"copy": twice.to_numpy(), "exact": twice.to_numpy(), "shared": False}, articles.index
    )
    marks.iloc[rows[same & (rank[others] < rank[rows])], 0] = True
    marks.iloc[rows[~same], 2] = True
    return marks


def name_words(text: str) -> str:
    """Name a text by its words: all of them together would be as large as the corpus."""
    words = " ".join(text.casefold().split()).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(words, digest_size=20).hexdigest()
