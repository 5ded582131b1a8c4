"""The steps from a source to the files of a prepared corpus, in this process or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

import pandas as pd

from analysis.columnar import merge_tables, open_frame
from analysis.corpus import files
from analysis.corpus.clean import Cleaned, draft_articles, finish
from analysis.corpus.draft import Draft
from analysis.corpus.load import Loaded, read_by
from analysis.corpus.pieces import Content, Piece, read_piece
from analysis.corpus.progress import track
from analysis.corpus.rounds import Part, run_rounds
from analysis.corpus.schema import DataError
from analysis.corpus.set_aside import as_frame
from analysis.corpus.slices import rows_of, slice_articles
from analysis.kept_tokens import write_tokens
from analysis.memory import give_back
from analysis.prepared import write_frames
from analysis.resume import Kept
from analysis.text.wire import read_credits
from analysis.text.wire_credits import Credit
from analysis.text.wire_labels import add_wire
from analysis.text_files import TextFiles

ARTICLES_AT_ONCE = 500  # half a minute's work at most, a few MB to send
UNLABELLED = "unlabelled.arrow"  # the cleaned articles, until their labels are known
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
    loaded = load_articles(source, columns, folder, workers=workers, kept=kept)
    articles = clean_articles(loaded, folder, workers=workers, kept=kept)
    if articles.empty:
        rejected = open_frame(folder / "rejected.arrow")["reason"]
        raise DataError(
            f"no article of {str(source)!r} has a text of its own: cleaning rejected all "
            f"{len(rejected):,} (the first: {rejected.iloc[0]}); "
            "look at analysis.clean(analysis.load(...)).removed"
        )
    credits = read_all_credits(loaded, workers)
    articles = add_wire(articles, loaded=loaded, credits=credits)
    write_frames({"articles": articles}, folder)
    (folder / UNLABELLED).unlink()
    del loaded, credits
    del articles
    give_back()
    write_tokens(open_frame(folder / "articles.arrow"), folder)
    give_back()


def load_articles(
    source: str | Path,
    columns: Mapping[str, str] | None,
    folder: Path,
    *,
    workers: Workers,
    kept: Kept,
) -> pd.DataFrame:
    """Read a source as ``read`` does, write what was read and open it: texts are seldom wanted."""
    with TemporaryDirectory(dir=folder) as work:
        loaded = read_pieces(source, columns, TextFiles(Path(work)), workers=workers, kept=kept)
        write_frames({"loaded": loaded.articles, "set_aside": loaded.set_aside}, folder)
    del loaded
    give_back()
    return open_frame(folder / "loaded.arrow")


def read_pieces(
    source: str | Path,
    columns: Mapping[str, str] | None,
    texts: TextFiles,
    *,
    workers: Workers,
    kept: Kept,
) -> Loaded:
    """Read a source as ``read`` does; texts of tables go into files as they come."""

    def reader(pieces: Sequence[Piece]) -> Iterable[Content]:
        slow = any(files.kind_of(name) == SLOW for piece in pieces for name in piece.known)
        stream = workers.stream
        for content in kept.read(stream, pieces) if slow else stream(read_piece, pieces):
            texts.put(content.parts)
            yield content
        texts.close()

    articles, problems = read_by(reader, source, columns)
    return Loaded(articles, as_frame(problems))


def clean_articles(
    articles: pd.DataFrame, folder: Path, *, workers: Workers, kept: Kept
) -> pd.DataFrame:
    """Clean articles as ``clean`` does, slice by slice, write what it gives and open the articles.

    Their file is `UNLABELLED`, as ``articles.arrow`` is that of labelled ones.
    """
    slices = slice_articles(articles)
    parts = []
    for number, rows in enumerate(slices):
        some = articles if len(slices) == 1 else articles.iloc[rows]
        name = f"cleaned-{number:04}-of-{len(slices):04}"
        parts.append(kept.clean(name, partial(clean_slice, some, workers)))
        del some
        give_back()
    for name in parts[0]:
        tables = [part[name] for part in parts]
        places = [
            rows_of(table["article_id"].to_pandas(), articles["article_id"].iloc[rows], rows)
            for table, rows in zip(tables, slices, strict=True)
        ]
        merge_tables(
            tables, places, folder / (UNLABELLED if name == "articles" else f"{name}.arrow")
        )
    del parts, tables
    give_back()
    return open_frame(folder / UNLABELLED)


def clean_slice(articles: pd.DataFrame, workers: Workers) -> Cleaned:
    """Clean articles together."""
    return finish(articles, workers.clean(draft_articles(articles)))


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
