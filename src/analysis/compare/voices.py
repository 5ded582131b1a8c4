"""Share of voice: who is quoted, how much, how early, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from analysis.compare.discovery import adjust
from analysis.compare.means import compare_means
from analysis.corpus.schema import DataError, check_articles, check_columns
from analysis.text.counts import Counts
from analysis.text.speaker_kinds import GROUP
from analysis.text.texts import code_names, find_rows
from analysis.text.tokens import Tokens

Of = Literal["speaker", "country"]
COMPARED = [
    "estimate", "low", "high", "p", "q", "share", "share_rest", "n_articles", "n_articles_rest",
    "heard", "words", "direct", "first", "place",
]  # fmt: skip
KEYS = ["speaker", "speaker_kind", "country"]
MEASURED = ["words", "words_direct", "place", "first"]
ARTICLES_AT_ONCE, SPANS_AT_ONCE = 2_000, 20_000
COLUMNS = ["article_id", *KEYS, "words", "words_direct", "n_quotes", "place", "first"]


def measure_voices(quotes: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    """Measure how much each speaker says in each article, and how early.

    Parameters
    ----------
    quotes
        ``Speakers.quotes`` as ``name_speakers`` gives them.
    tokens
        Of the articles.

    Returns
    -------
    pandas.DataFrame
        A row per article and speaker: ``article_id, speaker, speaker_kind, country``; ``words``
        (said or reported; a word counts once, for the quotation inside what is reported),
        ``words_direct`` (of these in quotation marks), ``n_quotes`` (stretches), ``place`` (where
        the speaker is first heard: 0 at the article's first word, 1 at its end), ``first``
        (whether nobody is heard before). Rows without a speaker go together under ``""``, so that
        shares are of all quoted words. Marked words are left out.

    Raises
    ------
    DataError
        When a column is missing.

    Notes
    -----
    Misleads where a quotation or its speaker was missed: the words count as the outlet's own, or
    under ``""``.
    """
    needs = (*KEYS, "article_id", "start", "end", "kind")
    check_columns(quotes, needs, name="quotes", source="name_speakers(...).quotes")
    row = find_rows(quotes["article_id"], tokens.articles)
    heard = np.flatnonzero((quotes["kind"] != "scare").to_numpy(dtype=bool) & (row >= 0))
    if not len(heard):
        return pd.DataFrame(columns=COLUMNS).astype(dict.fromkeys(COLUMNS[:4], "str"))
    # Article by article, as they are first met.
    heard = heard[np.argsort(pd.factorize(row[heard])[0], kind="stable")]
    row = row[heard]
    names = {name: code_names(quotes[name]) for name in KEYS}
    speaker, known = names["speaker"]
    codes = pd.factorize(row * len(known) + speaker[heard])[0].astype(np.int64)
    met = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
    table = pd.DataFrame(
        {
            "article_id": tokens.articles["article_id"].array.take(row[met]),
            **{name: values.array.take(of[heard[met]]) for name, (of, values) in names.items()},
        }
    )
    del names, speaker, known
    start, end = (quotes[name].to_numpy()[heard] for name in ("start", "end"))
    spans = find_tokens(tokens, pd.DataFrame({"row": row, "start": start, "end": end}))
    direct = (quotes["kind"] == "direct").to_numpy(dtype=bool)[heard]
    words = count_words(tokens, row, codes, spans, direct)
    sizes, row = np.diff(tokens.pointer), row[met]
    begins = np.full(len(table), len(tokens.ids))
    np.minimum.at(begins, codes, spans[:, 0])
    begins -= tokens.pointer[row]
    return table.assign(
        words=words[0],
        words_direct=words[1],
        n_quotes=np.bincount(codes, minlength=len(table)),
        place=begins / np.maximum(sizes[row], 1),
        first=begins == pd.Series(begins).groupby(row).transform("min").to_numpy(),
    )[COLUMNS]


def find_tokens(tokens: Tokens, spans: pd.DataFrame) -> NDArray[np.int64]:
    """Give the first token of each span, and the one behind its last; shape (spans, 2).

    Articles stand in one line, each so far behind the one before that no two of them meet; some
    articles at a time, as the line takes more memory than the tokens.
    """
    step = int(tokens.ends.max(initial=0)) + int(spans["end"].max()) + 1
    row, edges = spans["row"].to_numpy(), spans[["start", "end"]].to_numpy()
    found = np.zeros(edges.shape, dtype=np.int64)
    for low in range(0, len(tokens.articles), ARTICLES_AT_ONCE):
        begins = tokens.pointer[low : low + ARTICLES_AT_ONCE + 1]
        first, last = int(begins[0]), int(begins[-1])
        line = np.repeat(np.arange(len(begins) - 1) * step, np.diff(begins))
        here = np.flatnonzero((row >= low) & (row < low + ARTICLES_AT_ONCE))
        places = edges[here] + (row[here, None] - low) * step
        found[here] = first + np.searchsorted(line + tokens.starts[first:last], places)
    return found


def count_words(
    tokens: Tokens,
    row: NDArray[np.int64],
    codes: NDArray[np.int64],
    spans: NDArray[np.int64],
    direct: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Count the words of each code, and those in quotation marks; shape (2, codes).

    Some articles at a time: a mark for each token of all would be as large as the tokens.
    """
    words = np.zeros((2, int(codes.max()) + 1), dtype=np.int64)
    for low in range(0, len(tokens.articles), ARTICLES_AT_ONCE):
        here = np.flatnonzero((row >= low) & (row < low + ARTICLES_AT_ONCE))
        if not len(here):
            continue
        bounds = tokens.pointer[low : low + ARTICLES_AT_ONCE + 1]
        first, own = int(codes[here].min()), codes[here]
        inside = spans[here] - bounds[0]
        voice, quoted = mark_speakers(
            int(bounds[-1] - bounds[0]), own - first, inside, direct[here]
        )
        for total, chosen in zip(words, (voice >= 0, quoted), strict=True):
            found = np.bincount(voice[chosen])
            total[first : first + len(found)] += found
    return words


def mark_speakers(
    n_tokens: int, codes: NDArray[np.int64], spans: NDArray[np.int64], direct: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Give the speaker of every token, -1 for none, and whether it stands in quotation marks."""
    voice, quoted = np.full(n_tokens, -1, dtype=np.int32), np.zeros(n_tokens, dtype=bool)
    for inside in (False, True):  # a quotation inside indirect speech is its own speaker's
        chosen = np.flatnonzero(direct == inside)
        for first in range(0, len(chosen), SPANS_AT_ONCE):
            some = chosen[first : first + SPANS_AT_ONCE]
            begins, ends = spans[some].T
            sizes = np.maximum(ends - begins, 0)
            ahead = np.cumsum(sizes) - sizes
            places = np.repeat(begins - ahead, sizes) + np.arange(sizes.sum())
            voice[places] = np.repeat(codes[some], sizes)  # where spans overlap, of the last one
            quoted[places] = inside
    return voice, quoted


def compare_voices(
    voices: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    of: Of = "speaker",
    most: int = 20,
) -> pd.DataFrame:
    """Compare the share of quoted words that groups of articles give to each speaker.

    Parameters
    ----------
    voices
        As ``measure_voices`` gives them.
    articles
        The articles behind them, with ``article_id`` and `by`.
    by
        Column of the articles whose groups are compared, each with all others.
    of
        ``"speaker"``, or ``"country"`` for the speakers of each country together.
    most
        Compare so many, those heard in most articles; groups without a name ("officials") are
        not among them, but count in the whole of which the shares are.

    Returns
    -------
    pandas.DataFrame
        A row per speaker and group: `of`, the `by` column; ``share`` and ``share_rest`` (mean over
        articles of the share of quoted and reported words), ``estimate`` (their difference, 0.1 is
        10 points), ``low`` and ``high`` (95 %), ``p``, ``q`` (Benjamini and Hochberg over all
        rows); ``heard`` (articles of the group in which the speaker is heard), ``words``,
        ``direct`` (share of these in quotation marks), ``first`` (articles in which nobody is
        heard before), ``place`` (median place of the first words, 0 to 1); ``n_articles`` and
        ``n_articles_rest`` (articles that quote or report anybody). Empty if nobody is known.

    Raises
    ------
    DataError
        When a column is missing, nobody is heard, or there is one group.

    Notes
    -----
    Shares are compared as in ``compare_topics``: the article is the unit, p counts the ways to deal
    the sides anew, and the interval holds the differences that the test would not reject.

    Misleads where the outlets cover different stories: who covers a country quotes its
    ministers. Compare articles on the same events.
    """
    if of not in ("speaker", "country"):
        raise DataError(f"of={of!r} is unknown (it can be: speaker, country)")
    check_columns(voices, COLUMNS, name="voices", source="what measure_voices gives")
    check_articles(articles, needs=(by,))
    if not (voices["words"] > 0).any():
        raise DataError("nobody is quoted or reported in these articles: nothing to compare")
    known = give_group(voices[voices["words"] > 0], articles, by, [of, "speaker_kind", *MEASURED])
    if known[by].nunique() < 2:
        raise DataError(
            f"the {known['article_id'].nunique()} articles that quote anybody have "
            f"{known[by].nunique()} {by}; a comparison needs two groups"
        )
    whole = known.groupby("article_id")["words"].sum()
    group = known.drop_duplicates("article_id").set_index("article_id")[by].loc[whole.index]
    named = known[known[of] != ""]
    if of == "speaker":
        named = named[named["speaker_kind"] != GROUP]
    chosen = named.groupby(of)["article_id"].nunique().sort_values(ascending=False, kind="stable")
    chosen = chosen.head(most)
    if chosen.empty:
        return pd.DataFrame(columns=[of, by, *COMPARED])
    named = named[named[of].isin(chosen.index)]
    shares = (
        named.pivot_table(index="article_id", columns=of, values="words", aggfunc="sum")
        .reindex(index=whole.index, columns=chosen.index)
        .fillna(0)
        .div(whole, axis=0)
    )
    parts = []
    for name in sorted(group.unique()):
        table = compare_means(shares.to_numpy(), (group == name).to_numpy())
        table.insert(0, of, list(shares.columns))
        table.insert(1, by, name)
        parts.append(table)
    found = pd.concat(parts, ignore_index=True)
    found["q"] = adjust(found["p"].to_numpy())
    found = found.merge(manner(named, of, by), on=[of, by], how="left")
    found[["heard", "words", "first"]] = (
        found[["heard", "words", "first"]].fillna(0).astype("int64")
    )
    order = {name: place for place, name in enumerate(chosen.index)}
    found = found.sort_values([of, by], key=lambda c: c.map(order) if c.name == of else c)
    return found.reset_index(drop=True)


def give_group(
    voices: pd.DataFrame, articles: pd.DataFrame, by: str, columns: Sequence[str]
) -> pd.DataFrame:
    """Give ids and some columns of the voices of some articles, with the group of each article."""
    row = find_rows(voices["article_id"], articles)
    inside = row >= 0
    kept = voices.loc[inside, list(dict.fromkeys(["article_id", *columns]))]
    return kept.assign(**{by: articles[by].array.take(row[inside])})


def manner(named: pd.DataFrame, of: str, by: str) -> pd.DataFrame:
    """Sum up how each speaker is heard in each group."""
    whole = named.groupby([of, by, "article_id"], as_index=False).agg(
        words=("words", "sum"), words_direct=("words_direct", "sum"),
        place=("place", "min"), first=("first", "max"),
    )  # fmt: skip
    table = whole.groupby([of, by], as_index=False).agg(
        heard=("article_id", "nunique"), words=("words", "sum"), direct=("words_direct", "sum"),
        first=("first", "sum"), place=("place", "median"),
    )  # fmt: skip
    return table.assign(direct=table["direct"] / table["words"])


def count_voices(voices: pd.DataFrame, articles: pd.DataFrame, *, of: Of = "speaker") -> Counts:
    """Count the articles' words by speaker, for the comparisons that take counts.

    Parameters
    ----------
    voices
        As ``measure_voices`` gives them.
    articles
        The articles behind them, with ``article_id``.
    of
        ``"speaker"``, or ``"country"``.

    Returns
    -------
    Counts
        Articles that quote anybody by speakers; lengths are all words quoted or reported.

    Raises
    ------
    DataError
        When a column is missing.

    Notes
    -----
    Misleads as ``measure_voices`` does.
    """
    check_columns(voices, COLUMNS, name="voices", source="what measure_voices gives")
    row = find_rows(voices["article_id"], articles)
    heard = np.flatnonzero((voices["words"] > 0).to_numpy(dtype=bool) & (row >= 0))
    inside, place = np.unique(row[heard], return_inverse=True)
    kept = articles.iloc[inside].reset_index(drop=True)
    words = voices["words"].to_numpy(np.int64)[heard]
    lengths = np.bincount(place, words, len(kept))
    of_voice = voices[of].iloc[heard]
    named = (of_voice != "").to_numpy(dtype=bool)
    codes, terms = pd.factorize(of_voice[named], sort=True)
    matrix = sparse.csr_matrix((words[named], (place[named], codes)), shape=(len(kept), len(terms)))
    return Counts(matrix, kept, np.asarray(terms, dtype=object), lengths.astype(np.int64))
