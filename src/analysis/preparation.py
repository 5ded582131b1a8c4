"""The steps from a source to the files of a prepared corpus, in this process or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import pandas as pd

from analysis.columnar import open_frame
from analysis.corpus import files
from analysis.corpus.clean import Cleaned, draft_articles, finish
from analysis.corpus.draft import Draft
from analysis.corpus.load import Loaded, read_by
from analysis.corpus.pieces import Content, Piece, read_piece
from analysis.corpus.progress import track
from analysis.corpus.rounds import Part, run_rounds
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import as_frame
from analysis.kept_maps import write_maps
from analysis.kept_tokens import write_tokens
from analysis.memory import give_back
from analysis.prepared import write_frames
from analysis.resume import Kept
from analysis.text.tokens import tokenize
from analysis.text.wire import read_credits
from analysis.text.wire_credits import Credit
from analysis.text.wire_labels import add_wire

ARTICLES_AT_ONCE = 500  # half a minute's work at most, a few MB to send
SLOW = "warc"  # to read; what is read of such a file is kept until the corpus is prepared

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers(Protocol):
    """Whoever does the work that can be shared out."""

    def stream(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterable[Result]:
        """Give the results in the order of the items."""

    def clean(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Run the rounds of cleaning."""


class Here:
    """No workers but the process itself."""

    def stream(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterable[Result]:
        """Give the results in the order of the items."""
        return map(function, items)

    def clean(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Run the rounds of cleaning."""
        part = Part(drafts)
        run_rounds(part)
        return part.drafts


def make_corpus(
    source: str | Path,
    columns: Mapping[str, str] | None,
    folder: Path,
    *,
    workers: Workers,
    kept: Kept,
) -> None:
    """Run the steps and write what each gives to a folder.

    Parameters
    ----------
    source, columns
        As for ``load``.
    folder
        Where the files go.
    workers
        Who does what goes article by article.
    kept
        What an earlier run that broke off has done.
    """
    loaded = keep_loaded(read_pieces(source, columns, workers, kept), folder)
    cleaned = clean_articles(loaded, workers, kept)
    if cleaned.articles.empty:
        raise DataError(
            f"no article of {str(source)!r} has a text of its own: cleaning rejected all "
            f"{len(cleaned.rejected):,} (the first: {cleaned.rejected['reason'].iloc[0]}); "
            "look at analysis.clean(analysis.load(...)).removed"
        )
    write_maps(cleaned.maps, folder)
    write_frames({"removed": cleaned.removed, "rejected": cleaned.rejected}, folder)
    articles = cleaned.articles
    del cleaned
    give_back()
    credits = read_all_credits(loaded, workers)
    articles = add_wire(articles, loaded=loaded, credits=credits)
    write_frames({"articles": articles}, folder)
    del loaded, credits
    write_tokens(tokenize(articles), folder)
    del articles
    give_back()


def keep_loaded(loaded: Loaded, folder: Path) -> pd.DataFrame:
    """Write what was loaded, and open it: the texts are long wanted, but seldom at a time."""
    write_frames({"loaded": loaded.articles, "set_aside": loaded.set_aside}, folder)
    del loaded
    give_back()
    return open_frame(folder / "loaded.arrow")


def read_pieces(
    source: str | Path, columns: Mapping[str, str] | None, workers: Workers, kept: Kept
) -> Loaded:
    """Read a source as ``read`` does."""

    def reader(pieces: Sequence[Piece]) -> Iterable[Content]:
        if any(files.kind_of(name) == SLOW for piece in pieces for name in piece.known):
            return kept.read(workers.stream, pieces)
        return workers.stream(read_piece, pieces)

    articles, problems = read_by(reader, source, columns)
    return Loaded(articles, as_frame(problems))


def clean_articles(articles: pd.DataFrame, workers: Workers, kept: Kept) -> Cleaned:
    """Clean articles as ``clean`` does."""
    return kept.clean(lambda: finish(articles, workers.clean(draft_articles(articles))))


def read_all_credits(articles: pd.DataFrame, workers: Workers) -> list[Credit]:
    """Read the credits of articles as loaded, as ``read_credits`` does, some at a time."""
    read = track_chunks("reading credits", workers.stream, read_credits, articles)
    return [credit for credits in read for credit in credits]


def track_chunks(
    label: str,
    stream: Callable[[Callable[[pd.DataFrame], Result], Iterable[pd.DataFrame]], Iterable[Result]],
    function: Callable[[pd.DataFrame], Result],
    articles: pd.DataFrame,
) -> Iterator[Result]:
    """Give the results for some articles after the other, and show how far they are."""
    starts = range(0, len(articles), ARTICLES_AT_ONCE)
    chunks = [articles.iloc[start : start + ARTICLES_AT_ONCE] for start in starts]
    sizes = [len(chunk) for chunk in chunks]
    return track(stream(function, chunks), label, sizes, sizes)
