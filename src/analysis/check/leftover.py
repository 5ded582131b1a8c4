"""What comes back near the edges of one outlet's cleaned texts: furniture, perhaps, still there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.corpus.clean import LEAST_COMPILED
from analysis.corpus.numbered_words import Vocabulary, word_places
from analysis.corpus.phrase_places import Ask
from analysis.corpus.phrase_table import Book, Hashes, hash_phrases
from analysis.corpus.repeats import line_key
from analysis.corpus.shared_phrases import Corpus, Marks, join_texts
from analysis.corpus.taking import each_text, take_rows
from analysis.memory import give_back
from analysis.text.on_disk import kept_on_disk
from analysis.text.portions import portions

PHRASE_WORDS = 4  # shorter phrases of news recur in every outlet
LINE_WORDS = 10  # a longer line that recurs is a sentence, which is seen by its phrases
# A phrase of five articles is no chance, one of a twentieth of the outlet's no single story's.
LEAST_ARTICLES, LEAST_SHARE = 5, 0.05
AT_EDGE = 0.8  # share of its occurrences; an outlet's turn of phrase stands anywhere
AT_ONCE = 2_000  # articles of small outlets that are looked at together
OTHERS = 20  # articles of other outlets that it takes to say that they never write it


def find_leftovers(articles: pd.DataFrame) -> dict[str, list[str]]:
    """Find what may be furniture that cleaning has left.

    Parameters
    ----------
    articles
        Cleaned, with ``article_id, outlet, text``; without copies, which repeat what is no
        furniture.

    Returns
    -------
    dict
        For each article that has any, the suspicious texts: a line of at most ten words that
        stands alone in many of the outlet's articles, or a phrase that stands in many of them near
        an edge and in no other outlet's.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for find in (_repeated_lines, _edge_phrases):
        for article_id, text in find(articles):
            found[article_id].append(text)
        give_back()
    return dict(found)


def _repeated_lines(articles: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for some in _some_outlets(articles):
        for _, rows in some.groupby("outlet", sort=True):
            texts = zip(rows["article_id"], each_text(rows["text"]), strict=True)
            lines = {article_id: _short_lines(text) for article_id, text in texts}
            counts = Counter(key for of_article in lines.values() for key in of_article)
            least = max(LEAST_ARTICLES, LEAST_SHARE * len(rows))
            often = {key for key, n in counts.items() if n >= least}
            for article_id, of_article in lines.items():
                yield from ((article_id, of_article[key]) for key in of_article if key in often)


def _short_lines(text: str) -> dict[str, str]:
    """Give the lines of a text by what counts as the same line."""
    lines = (line.strip() for line in text.split("\n"))
    keys = {line_key(line): line for line in lines if line}
    return {key: line for key, line in keys.items() if len(key.split()) <= LINE_WORDS}


def _edge_phrases(articles: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Find them some outlets after the others; the words of the others are on disk."""
    compiled = int(articles["text"].str.len().sum()) >= LEAST_COMPILED
    vocabulary = Vocabulary(compiled=compiled)
    with kept_on_disk(_read_words(rows, vocabulary) for rows in _some_outlets(articles)) as kept:

        def corpora() -> Iterator[Corpus]:
            for ids, ends, outlets in kept:
                yield join_texts(np.split(ids, ends[:-1]), outlets.tolist(), compiled=compiled)

        telling = [_telling(corpus, len(articles)) for corpus in corpora()]
        every = np.unique(np.concatenate([np.zeros(0, np.uint64), *telling]))
        n_outlets = np.zeros(len(every), np.int64)  # that have each phrase
        for corpus in corpora() if len(every) else ():
            (located,) = corpus.locate(Book([(PHRASE_WORDS, every)]))
            pairs = np.unique(np.stack([located.slot, corpus.outlet(located.places)]), axis=1)
            n_outlets += np.bincount(pairs[0], minlength=len(every))
        for rows, corpus, own in zip(_some_outlets(articles), corpora(), telling, strict=True):
            alone = own[n_outlets[np.searchsorted(every, own)] == 1]
            if len(alone):
                yield from _marked(rows, corpus, Book([(PHRASE_WORDS, alone)]))


def _some_outlets(articles: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give the articles of outlets, of small ones together; it may make copies of them."""
    outlets, names = pd.factorize(articles["outlet"], sort=True)
    sizes = np.bincount(outlets[outlets >= 0], minlength=len(names))
    read = articles[["article_id", "outlet", "text"]]
    for first, last in portions(sizes, AT_ONCE):
        yield take_rows(read, (outlets >= first) & (outlets < last))


def _read_words(rows: pd.DataFrame, vocabulary: Vocabulary) -> tuple[NDArray[Any], ...]:
    """Give the words of articles in one row, where each article's end, and their outlets."""
    texts = [vocabulary.read(text) for text in each_text(rows["text"])]
    ends = np.cumsum([len(ids) for ids in texts])
    return np.concatenate(texts), ends, pd.factorize(rows["outlet"])[0]


def _telling(corpus: Corpus, n_articles: int) -> Hashes:
    """Give the phrases that stand in many of an outlet's articles, and there at an edge."""
    enough_others = n_articles - corpus.articles >= OTHERS
    least = np.maximum(LEAST_ARTICLES, LEAST_SHARE * corpus.articles)
    found = [np.zeros(0, np.uint64)]
    for tail in (False, True):
        places, group, spread = corpus.spread(Ask(PHRASE_WORDS, tail, LEAST_ARTICLES, AT_EDGE))
        of = np.zeros(len(spread.articles), dtype=np.int64)
        of[group] = corpus.outlet(places)
        telling = (spread.at_edge >= AT_EDGE) & (spread.articles >= least[of]) & enough_others[of]
        words = corpus.words_at(places[telling[group]], PHRASE_WORDS)
        found.append(hash_phrases(list(words.T), len(words)))
    return np.unique(np.concatenate(found))


def _marked(rows: pd.DataFrame, corpus: Corpus, book: Book) -> Iterator[tuple[str, str]]:
    """Give the stretches of each article that consist of some phrases."""
    (located,) = corpus.locate(book)
    marks = np.zeros(len(corpus.ids), dtype=bool)
    marks[located.places[:, None] + np.arange(PHRASE_WORDS)] = True
    ids, texts = rows["article_id"].tolist(), rows["text"].array
    for number, words in corpus.articles_in(slice(0, len(marks))):
        if marks[words].any():
            yield from ((ids[number], text) for text in _runs(texts[number], marks[words]))


def _runs(text: str, marked: Marks) -> Iterator[str]:
    """Give the text of each run of marked words."""
    starts, ends = word_places(text)
    steps = np.diff(marked.astype(np.int8), prepend=0, append=0)
    for first, after in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
        yield text[starts[first] : ends[after - 1]]
