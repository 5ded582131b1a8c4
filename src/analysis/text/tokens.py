"""The words of every article, read once and kept as arrays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.schema import DataError, check_articles
from analysis.corpus.taking import runs_of, take_rows
from analysis.text.by_term import AT_ONCE, count_chosen
from analysis.text.counts import Counts
from analysis.text.ngrams import Limits, count_ngrams
from analysis.text.on_disk import joined_on_disk
from analysis.text.scan import TOKEN_PATTERN, object_array, scan_texts

__all__ = ["TOKEN_PATTERN", "Tokens", "tokenize"]

Voice = Literal["own", "quoted"]


@dataclass(frozen=True, eq=False)
class Tokens:
    """Every token of a corpus: its term and where it stands.

    The tokens of the article in row ``i`` are those from ``pointer[i]`` to ``pointer[i + 1]``.

    Attributes
    ----------
    articles
        The frame that was tokenised.
    terms
        Array of str, sorted: the distinct tokens, in lower case.
    ids
        int32 per token: its place in `terms`, -1 where `without` took the token out.
    starts, ends
        int32 per token: ``[start, end)`` in code points of the article's ``text``.
    pointer
        int64, one more than there are articles.
    voice
        uint8 per token, where voices were marked: 0 the outlet's own, 1 quoted directly,
        2 quoted indirectly.
    """

    articles: pd.DataFrame
    terms: NDArray[Any]
    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    pointer: NDArray[np.int64]
    voice: NDArray[np.uint8] | None = None

    def counts(
        self,
        ngrams: tuple[int, int] = (1, 1),
        voice: Voice | None = None,
        *,
        min_articles: int = 1,
        max_share: float = 1.0,
        stop_words: Collection[str] = (),
    ) -> Counts:
        """Count terms, alone or in runs of adjacent ones, in each article.

        Parameters
        ----------
        ngrams
            Shortest and longest run of tokens, joined by a space.
        voice
            ``"own"`` or ``"quoted"`` counts the tokens of that voice only, and no run goes from
            one voice into the other; None counts all.
        min_articles
            Leave out terms that stand in fewer articles.
        max_share
            Leave out terms that stand in more than this share of the articles, above 0 to 1.
        stop_words
            Leave out these, and every run that begins or ends with one. A run may hold one inside
            ("minister of finance"): tokens that do not stand side by side are never joined.

        Returns
        -------
        Counts
            Shape (articles, terms); without stop words the same numbers as scikit-learn's
            ``CountVectorizer``. ``lengths`` are the tokens in that voice, before any limit.

        Raises
        ------
        DataError
            When an argument is out of its range.
        NotImplementedError
            When a voice is asked for and the voices are not marked.
        OSError
            When the corpus is large and the folder for temporary files has no room.

        Notes
        -----
        Misleads when runs are read as phrases: they cross punctuation and sentences.
        """
        check_limits(ngrams, min_articles, max_share)
        chosen = self.is_in_voice(voice)
        ids = self.ids if chosen is None else np.where(chosen, self.ids, np.int32(-1))
        limits = Limits(
            *ngrams, min_articles, max_share * len(self.articles), self._stop_terms(stop_words)
        )
        matrix, grams = count_ngrams(ids, self.pointer, limits)
        every = np.append(np.ones(len(self.terms), dtype=bool), False)  # but for the id -1
        lengths = count_chosen(ids, self.pointer, every)
        return Counts(matrix, self.articles.copy(deep=False), self._joined(grams), lengths)

    def take_articles(
        self,
        kept: NDArray[np.bool_],
        *,
        places: bool = True,
        without: NDArray[np.bool_] | None = None,
    ) -> Tokens:
        """Keep the articles that a mask marks, with their tokens; every term stays.

        Without `places` the tokens can only be counted: `starts` and `ends`, as large as all the
        rest, are not copied and stay empty. `without` marks tokens, of all articles, to take out as
        the method of that name does, with no copy of all ids for itself.

        Raises
        ------
        DataError
            When a mask is of another length or not of bool.
        OSError
            When the folder for temporary files has no room.
        """
        check_mask("kept", kept, len(self.articles), "articles")
        if without is not None:
            check_mask("without", without, len(self.ids), "tokens")
        if kept.all() and without is None:
            return self
        runs = [(self.pointer[first], self.pointer[last]) for first, last in runs_of(kept)]
        pointer = np.concatenate([[0], np.cumsum(np.diff(self.pointer)[kept])])

        def take(values: NDArray[Any], marked: NDArray[np.bool_] | None = None) -> NDArray[Any]:
            """Copy what stands in the runs; what is marked becomes -1."""
            return joined_on_disk(cut_runs(values, runs, marked), int(pointer[-1]), values.dtype)

        return replace(
            self,
            articles=take_rows(self.articles, kept),
            ids=take(self.ids, without),
            starts=take(self.starts) if places else self.starts[:0],
            ends=take(self.ends) if places else self.ends[:0],
            pointer=pointer,
            voice=None if self.voice is None else take(self.voice),
        )

    def without(self, marked: NDArray[np.bool_]) -> Tokens:
        """Take the marked tokens out of every count; nothing is joined across their places.

        Parameters
        ----------
        marked
            bool, one per token.
        """
        check_mask("marked", marked, len(self.ids), "tokens")
        runs = [(0, len(self.ids))]
        pieces = cut_runs(self.ids, runs, marked)
        return replace(self, ids=joined_on_disk(pieces, len(self.ids), self.ids.dtype))

    def in_voice(self, voice: Voice | None) -> Tokens:
        """Take the tokens of the other voice out, as `counts` does; None keeps all."""
        chosen = self.is_in_voice(voice)
        return self if chosen is None else self.without(~chosen)

    def save(self, path: str | Path) -> None:
        """Write everything but the articles to `path`, a ``.npz`` without pickled objects."""
        blob = "\n".join(self.terms).encode()
        arrays = {name: getattr(self, name) for name in ("ids", "starts", "ends", "pointer")}
        if self.voice is not None:
            arrays["voice"] = self.voice
        with Path(path).open("wb") as file:
            np.savez(file, terms=np.frombuffer(blob, dtype=np.uint8), **arrays)

    @classmethod
    def load(cls, path: str | Path, articles: pd.DataFrame) -> Tokens:
        """Read what `save` wrote; `articles` is the frame that was tokenised.

        Raises
        ------
        DataError
            When the frame has another number of articles, or a text ends before its last token.
        """
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        blob = arrays.pop("terms").tobytes().decode()
        tokens = cls(
            articles.copy(deep=False), object_array(blob.split("\n") if blob else []), **arrays
        )
        if len(tokens.pointer) != len(articles) + 1:
            raise DataError(
                f"{path} holds the tokens of {len(tokens.pointer) - 1} articles, but there are "
                f"{len(articles)}; pass the frame that was tokenised, or tokenise anew"
            )
        held = np.diff(tokens.pointer) > 0
        last_ends = tokens.ends[tokens.pointer[1:][held] - 1]
        short = articles["text"][held].map(len).to_numpy() < last_ends
        if short.any():
            article = articles["article_id"][held].iloc[int(short.argmax())]
            raise DataError(
                f"the text of article_id {article!r} ends before its last token in {path}; "
                f"pass the frame that was tokenised, or tokenise anew"
            )
        return tokens

    def is_in_voice(self, voice: Voice | None) -> NDArray[np.bool_] | None:
        """Mark the tokens of a voice; None where all are."""
        if voice is None:
            return None
        if voice not in ("own", "quoted"):
            raise DataError(f"voice is {voice!r}; it must be None, 'own' or 'quoted'")
        if self.voice is None:
            raise NotImplementedError(
                f"voices are not marked: these tokens do not say what is quoted, so that "
                f"voice={voice!r} cannot be counted; use voice=None"
            )
        own: NDArray[np.bool_] = self.voice == 0
        return own if voice == "own" else ~own

    def _stop_terms(self, words: Collection[str]) -> NDArray[np.bool_]:
        if not words:
            return np.zeros(len(self.terms), dtype=bool)
        if isinstance(words, str):
            raise DataError(f"stop_words is the string {words!r}; pass a list of words")
        spaced = [word for word in words if len(word.split()) > 1]
        if spaced:
            raise DataError(f"the stop word {spaced[0]!r} holds a space; pass single words")
        pieces = {piece for word in words for piece in re.findall(TOKEN_PATTERN, word.lower())}
        return np.fromiter(map(pieces.__contains__, self.terms), dtype=bool, count=len(self.terms))

    def _joined(self, grams: NDArray[np.int32]) -> NDArray[Any]:
        joined: NDArray[Any] = self.terms[grams[:, 0]]
        for ids in grams.T[1:]:
            longer = np.flatnonzero(ids >= 0)
            pairs = zip(joined[longer], self.terms[ids[longer]], strict=True)
            joined[longer] = [f"{words} {word}" for words, word in pairs]
        return joined


def tokenize(articles: pd.DataFrame) -> Tokens:
    """Read the words of every article, once.

    Parameters
    ----------
    articles
        One row per article, with ``article_id`` and ``text``.

    Returns
    -------
    Tokens
        The matches of `TOKEN_PATTERN` in the lower-cased text: runs of two or more letters,
        digits or underscores, as scikit-learn's ``CountVectorizer`` takes them.

    Raises
    ------
    DataError
        When a column is missing or a text is not a string.
    """
    check_articles(articles, unique=False)  # a count is by row
    scan = scan_texts(articles["text"])
    return Tokens(articles.copy(deep=False), *scan)


def check_mask(name: str, mask: NDArray[Any], size: int, what: str) -> None:
    """Refuse what does not mark each of so many."""
    if mask.dtype != bool or mask.shape != (size,):
        raise DataError(
            f"{name} has the shape {mask.shape} and the type {mask.dtype}; it must have one bool "
            f"for each of the {size:,} {what}"
        )


def cut_runs(
    values: NDArray[Any], runs: Iterable[tuple[int, int]], marked: NDArray[np.bool_] | None
) -> Iterator[NDArray[Any]]:
    """Give what stands in some runs, some values at a time, with -1 for what is marked."""
    for begin, end in runs:
        for first in range(begin, end, AT_ONCE):
            some = slice(first, min(first + AT_ONCE, end))
            own = values[some]
            yield own if marked is None else np.where(marked[some], own.dtype.type(-1), own)


def check_limits(ngrams: tuple[int, int], min_articles: int, max_share: float) -> None:
    """Refuse limits that no count can meet."""
    if len(ngrams) != 2 or not 1 <= ngrams[0] <= ngrams[1]:
        raise DataError(
            f"ngrams is {ngrams!r}; "
            "it must be the shortest and the longest run of words, such as (1, 2)"
        )
    if min_articles < 1 or min_articles != int(min_articles):
        raise DataError(f"min_articles is {min_articles!r}; it must be 1 or more")
    if not 0 < max_share <= 1:
        raise DataError(f"max_share is {max_share!r}; it must be above 0 and at most 1")
