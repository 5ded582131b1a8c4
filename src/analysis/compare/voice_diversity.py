"""How many different voices are heard, at equal numbers of articles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.voices import give_group
from analysis.corpus.schema import check_articles, check_columns
from analysis.text.speaker_kinds import GROUP

DRAWS = 400
KEYS = ("article_id", "speaker", "speaker_kind")
Floats = NDArray[np.float64]


def measure_diversity(
    voices: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", seed: int = 0
) -> pd.DataFrame:
    """Measure how many speakers are heard in each group, as if each had equally many articles.

    Parameters
    ----------
    voices
        As ``measure_voices`` gives them; groups without a name ("officials") are left out.
    articles
        The articles behind them, with ``article_id`` and `by`.
    by
        Column of the articles.
    seed
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        A row per group: the `by` column; ``estimate`` (the effective number of speakers in
        ``drawn`` articles: so many equally frequent ones would be as diverse), ``low`` and ``high``
        (of 95 % of the draws); ``n_speakers`` and ``n_articles`` (all that name anybody);
        ``drawn``, half of the smallest group's articles. Most diverse first; empty if a group has
        fewer than two articles.

    Raises
    ------
    DataError
        When a column is missing.

    Notes
    -----
    The effective number is Hill's of order 1, the exponential of Shannon's entropy (Hill 1973,
    "Diversity and evenness", Ecology 54(2)), of the articles in which each speaker is heard,
    rarefied to equal numbers of articles (Gotelli and Colwell 2001, Ecology Letters 4(4)). Draws of
    half of the articles without replacement vary as the whole sample's figure does; those of a
    smaller part vary more, so the interval of a large group is too wide rather than too narrow.

    Misleads when one group covers more stories than another: many stories have many speakers.
    """
    check_columns(voices, KEYS, name="voices", source="what measure_voices gives")
    check_articles(articles, needs=(by,))
    named = voices[(voices["speaker"] != "") & (voices["speaker_kind"] != GROUP)]
    named = give_group(named, articles, by, ["speaker"])
    sizes = named.groupby(by)["article_id"].nunique()
    columns = [by, "estimate", "low", "high", "n_speakers", "n_articles", "drawn"]
    if sizes.empty or sizes.min() < 2:
        return pd.DataFrame(columns=columns)
    drawn = int(sizes.min()) // 2
    rows = []
    for name, part in named.groupby(by, sort=True):
        effective = draw_effective(incidence(part), drawn, seed)
        low, high = np.quantile(effective, [0.025, 0.975])
        speakers = part["speaker"].nunique()
        rows.append((name, effective.mean(), low, high, speakers, sizes.loc[name], drawn))
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["estimate", by], ascending=[False, True], ignore_index=True)


def incidence(part: pd.DataFrame) -> sparse.csr_matrix[Any]:
    """Mark which speaker is heard in which article."""
    rows, _ = pd.factorize(part["article_id"])
    columns, _ = pd.factorize(part["speaker"])
    heard = sparse.csr_matrix((np.ones(len(part)), (rows, columns)))
    heard.data[:] = 1
    return heard


def draw_effective(heard: sparse.csr_matrix[Any], drawn: int, seed: int) -> Floats:
    """Draw articles without replacement and give the effective number of speakers of each draw."""
    random = np.random.default_rng(seed)
    n = heard.shape[0]
    chosen = np.array([random.permutation(n)[:drawn] for _ in range(DRAWS)])
    draws = sparse.csr_matrix(
        (np.ones(chosen.size), (np.arange(DRAWS).repeat(drawn), chosen.ravel())), shape=(DRAWS, n)
    )
    return np.array([effective_number(row) for row in (draws @ heard).toarray()])


def effective_number(counts: Floats) -> float:
    """Give Hill's number of order 1."""
    share = counts[counts > 0] / counts.sum()
    return float(np.exp(-(share * np.log(share)).sum()))
