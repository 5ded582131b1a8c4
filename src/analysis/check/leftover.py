"""What comes back near the edges of one outlet's cleaned texts: furniture, perhaps, still there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.corpus.numbered_words import Vocabulary, word_places
from analysis.corpus.phrase_places import Ask
from analysis.corpus.repeats import line_key
from analysis.corpus.shared_phrases import Corpus, Marks
from analysis.corpus.taking import each_text
from analysis.memory import give_back

PHRASE_WORDS = 4  # shorter phrases of news recur in every outlet
LINE_WORDS = 10  # a longer line that recurs is a sentence, which is seen by its phrases
# A phrase of five articles is no chance, one of a twentieth of the outlet's no single story's.
LEAST_ARTICLES, LEAST_SHARE = 5, 0.05
AT_EDGE = 0.8  # share of its occurrences; an outlet's turn of phrase stands anywhere
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
    codes, outlets = pd.factorize(articles["outlet"], sort=True)
    ids, texts = articles["article_id"].array, articles["text"].array
    for outlet in range(len(outlets)):
        lines = {  # row by row: to take some, Arrow joins all of them
            ids[row]: {line_key(line): line.strip() for line in lines_of(texts[row])}
            for row in np.flatnonzero(codes == outlet).tolist()
        }
        counts = Counter(key for of_article in lines.values() for key in of_article)
        least = max(LEAST_ARTICLES, LEAST_SHARE * len(lines))
        often = {key for key, n in counts.items() if n >= least and len(key.split()) <= LINE_WORDS}
        for article_id, of_article in lines.items():
            yield from ((article_id, of_article[key]) for key in of_article if key in often)


def lines_of(text: str) -> Iterator[str]:
    """Give the lines of a text that hold anything."""
    return (line for line in text.split("\n") if line.strip())


def _edge_phrases(articles: pd.DataFrame) -> Iterator[tuple[str, str]]:
    vocabulary = Vocabulary()
    corpus = Corpus(
        [vocabulary.read(text) for text in each_text(articles["text"])],
        articles["outlet"].tolist(),
    )
    enough_others = len(articles) - corpus.articles >= OTHERS
    least = np.maximum(LEAST_ARTICLES, LEAST_SHARE * corpus.articles)
    marks = np.zeros(len(corpus.ids), dtype=bool)
    for tail in (False, True):
        places, group, spread = corpus.spread(Ask(PHRASE_WORDS, tail, LEAST_ARTICLES, AT_EDGE))
        of = np.zeros(len(spread.articles), dtype=np.int64)
        of[group] = corpus.outlet(places)
        telling = (spread.share_elsewhere == 0) & (spread.at_edge >= AT_EDGE)
        telling &= (spread.articles >= least[of]) & enough_others[of]
        marks[places[telling[group]][:, None] + np.arange(PHRASE_WORDS)] = True
    ids, texts = articles["article_id"].tolist(), articles["text"].array
    for number, words in corpus.articles_in(slice(0, len(marks))):
        if marks[words].any():
            yield from ((ids[number], text) for text in _runs(texts[number], marks[words]))


def _runs(text: str, marked: Marks) -> Iterator[str]:
    """Give the text of each run of marked words."""
    starts, ends = word_places(text)
    steps = np.diff(marked.astype(np.int8), prepend=0, append=0)
    for first, after in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True):
        yield text[starts[first] : ends[after - 1]]
