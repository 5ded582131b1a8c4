"""Which angles stories take: frames in sentences and articles, and each outlet's share of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.discovery import adjust_discrete
from analysis.compare.frames_lexicon import FrameLexicon, read_frames
from analysis.compare.frames_sentences import cut_sentences
from analysis.compare.frames_words import (
    LEAST_SCORE,
    expand_seeds,
    find_seeds,
    some_sentences,
    weigh_seeds,
)
from analysis.compare.shares import COLUMNS as SHARES
from analysis.compare.shares import compare_shares
from analysis.corpus.schema import DataError, check_articles
from analysis.corpus.taking import texts_at
from analysis.text.counts import Counts
from analysis.text.on_disk import room_for
from analysis.text.tokens import Tokens, Voice
from analysis.text.wire_selection import Wire, is_repeat, select_wire

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class FrameScores:
    """Frames of every sentence.

    Attributes
    ----------
    names
        The frames.
    sentences
        A row per sentence that has words in the chosen voice: ``article_id``, ``row`` (of the
        article), ``start`` and ``end`` in its text.
    scores
        Shape (sentences, frames): the weights of the words that show a frame, added up.
    words
        ``frame``, ``word``, ``weight``, ``origin`` (``"seed"``, ``"expanded"``, or ``"pruned"``,
        whose weight is 0), ``n_sentences``, ``n_articles``, ``lift``: how much more frequent the
        word is in sentences with the frame's other seeds.
    articles
        The articles, those left out that stand in their outlet twice.
    """

    names: list[str]
    sentences: pd.DataFrame
    scores: Array
    words: pd.DataFrame
    articles: pd.DataFrame

    @property
    def has(self) -> Array:
        """Bool, shape (sentences, frames): whether the sentence has the frame."""
        marked: Array = self.scores >= LEAST_SCORE
        return marked

    @property
    def shares(self) -> pd.DataFrame:
        """Share of each article's sentences that have a frame; a row an article, a column a frame.

        Missing where an article has no sentence in the chosen voice.
        """
        counts = self.count()
        with np.errstate(invalid="ignore"):
            shares = counts.matrix.toarray() / counts.lengths[:, None]
        return pd.DataFrame(shares, index=counts.articles["article_id"], columns=self.names)

    def count(self) -> Counts:
        """Count in each article the sentences that have a frame; lengths are all its sentences."""
        rows = self.sentences["row"].to_numpy()
        n = len(self.articles)
        has = (column >= LEAST_SCORE for column in self.scores.T)
        matrix = sparse.csr_matrix(
            np.column_stack([np.bincount(rows[one], minlength=n) for one in has])
        )
        names = np.array(self.names, dtype=object)
        return Counts(matrix, self.articles, names, np.bincount(rows, minlength=n))


def score_frames(
    tokens: Tokens,
    lexicon: FrameLexicon | str = "generic",
    *,
    voice: Voice | None = None,
    expand: bool = True,
) -> FrameScores:
    """Score the frames of every sentence.

    Parameters
    ----------
    tokens
        The corpus.
    lexicon
        As ``read_frames`` gives it, or what it reads.
    voice
        ``"own"`` or ``"quoted"``: only words in that voice; needs marked voices. None counts all.
    expand
        Whether words that keep company with a frame's seeds in this corpus are added to them.

    Returns
    -------
    FrameScores

    Raises
    ------
    DataError
        When the lexicon cannot be read, or no article has a sentence in that voice.
    NotImplementedError
        When a voice is asked for and voices are not marked.
    OSError
        When the corpus is large and the folder for temporary files has no room.

    Notes
    -----
    A seed weighs 1, less where it stands in more than a hundredth of the sentences: a word that is
    everywhere shows nothing. Seeds that avoid the frame's other seeds in this corpus are pruned:
    they mean something else here. A word is added at a lower weight if it is clearly more frequent
    in sentences with the frame's seeds (log-likelihood ratio, Dunning 1993), most so for this
    frame, and in several articles of several outlets. A sentence has a frame from `LEAST_SCORE` on.

    Misleads when taken for a coder: words show an angle without taking it. Have a sample coded
    (``draw_sample``) before anything is published.
    """
    check_articles(tokens.articles)
    lexicon = lexicon if isinstance(lexicon, FrameLexicon) else read_frames(lexicon)
    repeats = is_repeat(tokens.articles)
    units, sentences = cut_sentences(tokens, voice, kept=~repeats)
    if sentences.empty:
        raise DataError(
            f"none of the {len(units.articles)} articles has a sentence with words"
            f"{f' in the voice {voice!r}' if voice else ''}; score another voice, or look at the "
            "articles' text"
        )
    seeds = find_seeds(tokens, units, lexicon)
    words, matrix, weights = weigh_seeds(units, seeds, lexicon.names)
    scores = room_for(len(sentences) * len(lexicon.names), np.float64)
    scores = scores.reshape(len(sentences), -1)
    for some, held in some_sentences(matrix):
        scores[some] = held @ weights
    if expand:
        more = expand_seeds(tokens, units, seeds, scores, lexicon.names)
        words = pd.concat([words, more], ignore_index=True)
    order = words.assign(frame=words["frame"].map(lexicon.names.index)).sort_values(
        ["frame", "weight", "n_sentences", "word"], ascending=[True, False, False, True]
    )
    return FrameScores(
        lexicon.names, sentences, scores, words.loc[order.index].reset_index(drop=True),
        units.articles,
    )  # fmt: skip


def compare_frames(
    scores: FrameScores, *, by: str = "outlet", within: str | None = None, wire: Wire = "include"
) -> pd.DataFrame:
    """Compare the share of sentences that have each frame.

    Parameters
    ----------
    scores
        As ``score_frames`` gives them.
    by
        Column of the articles whose groups are compared, each with all others.
    within
        Column inside whose values groups are compared, such as ``event_id``.
    wire
        ``"include"``, ``"exclude"`` or ``"only"`` agency copy, see ``select_wire``.

    Returns
    -------
    pandas.DataFrame
        A row per frame and group, by frame: ``frame``, the `by` column, and the columns of
        ``compare_naming`` from ``estimate`` on; ``total`` counts sentences.

    Raises
    ------
    DataError
        As ``compare_terms``.

    Notes
    -----
    Misleads without a coded sample: the shares are those of words, and the words' errors may
    differ between outlets. ``correct_prevalence`` takes them out as far as a sample shows them.
    """
    counts: Counts = select_wire(scores.count(), wire)
    found = compare_shares(counts, by=by, within=within)
    found["q"] = adjust_discrete(found["p"].to_numpy(), found["least"].to_numpy())
    found["n_events"] = found["n_events"].astype("Int64")
    found = found.rename(columns={"term": "frame"})
    place = found["frame"].map(scores.names.index)
    found = found.assign(place=place).sort_values(["place", by], kind="stable", ignore_index=True)
    return found[["frame", by, "estimate", "low", "high", "p", "q", *SHARES[5:]]]


def find_frame_evidence(
    scores: FrameScores, *, by: str = "outlet", n_lines: int = 2
) -> pd.DataFrame:
    """Give for each frame and group the sentences with the highest scores.

    Parameters
    ----------
    scores
        As ``score_frames`` gives them.
    by
        Column of the articles.
    n_lines
        Sentences for each frame and group, from as many articles.

    Returns
    -------
    pandas.DataFrame
        ``term`` (the frame), ``article_id``, ``outlet``, ``published``, ``title``, ``url``,
        ``start``, ``end``, ``left``, ``match`` (the sentence), ``right``, ``score``.

    Notes
    -----
    Misleads when read as typical: they are the clearest.
    """
    groups = scores.articles[by].to_numpy()
    parts = []
    for column, name in enumerate(scores.names):
        has = np.flatnonzero(scores.has[:, column])
        table = scores.sentences.iloc[has]
        table = table.assign(
            score=scores.scores[has, column], group=groups[table["row"]], term=name
        ).sort_values(["score", "row", "start"], ascending=[False, True, True])
        parts.append(table.drop_duplicates("row").groupby("group", sort=True).head(n_lines))
    found = pd.concat(parts, ignore_index=True)
    found = found.assign(left="", right="").reset_index(drop=True)
    texts = texts_at(scores.articles["text"], found["row"].to_numpy())
    spans = zip(texts, found["start"], found["end"], strict=True)
    found["match"] = [" ".join(text[start:end].split()) for text, start, end in spans]
    for name in ("outlet", "published", "title", "url"):
        about = scores.articles.get(name)
        found[name] = "" if about is None else about.iloc[found["row"]].reset_index(drop=True)
    columns = ["term", "article_id", "outlet", "published", "title", "url", "start", "end"]
    return found[[*columns, "left", "match", "right", "score"]]
