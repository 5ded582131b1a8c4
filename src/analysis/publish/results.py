"""What an issue found, kept so that the next one can say what changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.check.health import check_corpus
from analysis.compare.coverage import compare_coverage
from analysis.compare.coverage_habits import summarise_omissions
from analysis.compare.lexicon_files import find_beside
from analysis.compare.naming import compare_naming
from analysis.compare.naming_lexicon import read_naming
from analysis.compare.terms import compare_terms
from analysis.compare.topic_share import compare_topics
from analysis.compare.topics import fit_topics
from analysis.compare.voices import compare_voices, measure_voices
from analysis.corpus.schema import DataError
from analysis.prepared_corpus import Corpus
from analysis.text.counts import Counts
from analysis.text.speakers import name_speakers

Results = dict[str, pd.DataFrame]
NAMES = ("outlets", "health", "terms", "topics", "topic-terms", "voices", "naming", "omissions")


def compute_results(
    corpus: Corpus, *, lexicon: str = "shipped", beside: str | Path | None = None
) -> Results:
    """Compute what is compared from issue to issue.

    Parameters
    ----------
    corpus
        The articles of the issue.
    lexicon
        The names that are looked for, as ``read_naming`` reads them.
    beside
        A corpus: the ``naming.yml`` and ``events.yml`` in its folder are read too.

    Returns
    -------
    dict
        ``outlets`` (``outlet, n_articles``), ``health`` (what blocks or qualifies), ``terms`` and
        ``topics`` (as ``compare_terms`` and ``compare_topics`` give them), ``topic-terms``,
        ``voices`` (as ``compare_voices``), ``naming`` (as ``compare_naming``), ``omissions`` (as
        ``summarise_omissions``, by kind and by item). A comparison that the corpus does not allow
        has no rows.

    Raises
    ------
    DataError
        When the names cannot be read.
    """
    names = read_naming(lexicon, beside=beside)
    decided = find_beside(beside, "events.yml") if beside else None
    outlets = corpus.articles.groupby("outlet", observed=True).size()
    health = check_corpus(corpus).drop(columns="articles")
    counts = corpus.counts()
    topic_terms, shares = compute_topics(counts)
    return {
        "outlets": outlets.rename("n_articles").reset_index(),
        "health": health[health["level"] != "fine"].reset_index(drop=True),
        "terms": or_empty(lambda: compare_terms(counts)),
        "topics": shares,
        "topic-terms": topic_terms,
        "voices": or_empty(lambda: compute_voices(corpus)),
        "naming": or_empty(lambda: compare_naming(corpus.with_voices().tokens, names)),
        "omissions": or_empty(lambda: compute_omissions(corpus.with_events(decided))),
    }


def compute_omissions(corpus: Corpus) -> pd.DataFrame:
    """Say what each outlet leaves out of the events it covers, by kind of item and by item."""
    coverage = compare_coverage(corpus.articles, items=corpus.items)
    tables = [summarise_omissions(coverage), summarise_omissions(coverage, of="item")]
    return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)


def compute_voices(corpus: Corpus) -> pd.DataFrame:
    """Compare each outlet's share of the words of the speakers heard most."""
    speakers = name_speakers(corpus.quotes, corpus.articles)
    voices = measure_voices(speakers.quotes, corpus.tokens)
    return compare_voices(voices, corpus.articles)


def compute_topics(counts: Counts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the terms of the topics and each outlet's share of them."""
    try:
        topics = fit_topics(counts, seed=0)
    except DataError:
        return pd.DataFrame(), pd.DataFrame()
    return topics.terms, or_empty(lambda: compare_topics(topics, counts.articles))


def or_empty(compare: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Give a comparison, or a frame without rows where the corpus is too small for it."""
    try:
        return compare()
    except DataError:
        return pd.DataFrame()


def write_results(results: Results, folder: Path) -> None:
    """Write each frame as Parquet."""
    for name, frame in results.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)


def read_results(folder: Path) -> Results:
    """Read what `write_results` wrote."""
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in NAMES}
