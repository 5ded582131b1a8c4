"""Who speaks in an article: quotations, indirect speech and marked words, with their speakers."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.corpus.schema import check_articles
from analysis.text.clauses import mask_quotations, read_sentences
from analysis.text.name_reading import read_names
from analysis.text.quotation_marks import find_quotations
from analysis.text.quotation_paragraphs import split_paragraphs
from analysis.text.reader import Reader
from analysis.text.sources import Stretch

COLUMNS = {
    "article_id": "str", "start": "int64", "end": "int64", "kind": "str", "speaker": "str",
    "speaker_start": "int64", "speaker_end": "int64", "cue": "str",
}  # fmt: skip


def find_quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Find what articles quote, report and mark, and who says it.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``; ideally cleaned.

    Returns
    -------
    pandas.DataFrame
        A row per stretch: ``article_id, start, end`` (code points of ``text``, marks left out),
        ``kind`` (``"direct"``: quoted; ``"indirect"``: reported in the outlet's words, thoughts and
        wishes too; ``"scare"``: words in marks that nobody is said to have said), ``speaker``
        (name in the article, a group by its phrase if that has a capital: "Ukrainian officials";
        ``""`` if unknown, and for "officials"), ``speaker_start, speaker_end`` (the mention; -1 if
        there is none), ``cue`` (what reports, or ``""``).
        A quotation inside indirect speech has its own row within the other's span.

    Raises
    ------
    DataError
        When a column is missing or a text is not a string.

    Notes
    -----
    Rules and word lists, no model: ``reporting_en.yml``, ``names_en.yml`` and ``places_en.yml``
    in ``lexicons``. Quotation marks are read in any language; cues, indirect speech and speakers
    in English only.

    Misleads where somebody acts rather than speaks ("supports the bill" counts as attributed), and
    where a pronoun means somebody else than the subject last spoken of.
    """
    check_articles(articles, unique=False)
    rows = [
        (article_id, *row)
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for row in rows_of(text)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def rows_of(text: str) -> Iterator[tuple[int, int, str, str, int, int, str]]:
    """Give the rows of one article, without its id, in order."""
    for one in sorted(find_stretches(text), key=lambda one: (one.start, -one.end)):
        yield (
            one.start, one.end, one.kind, one.source.speaker, one.source.start, one.source.end,
            one.source.cue,
        )  # fmt: skip


def find_stretches(text: str) -> list[Stretch]:
    """Find the attributed content of one article."""
    paragraphs = split_paragraphs(text)
    quotations = find_quotations(text, paragraphs)
    masked = mask_quotations(text, quotations)
    reader = Reader(text, read_names(masked))
    for sentence in read_sentences(masked, paragraphs, quotations):
        reader.read(sentence)
    reader.close()
    return reader.found
