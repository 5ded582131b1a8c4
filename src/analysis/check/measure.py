"""What the checks need to know of each article, measured once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import islice

import numpy as np
import pandas as pd

from analysis.check.copies import mark_copies
from analysis.check.findings import percent
from analysis.check.kept import keep_measured
from analysis.check.leftover import find_leftovers
from analysis.check.quotation import main_style, spell_styles
from analysis.corpus.health import count_words
from analysis.corpus.language import is_english
from analysis.corpus.taking import each_text, take_rows
from analysis.corpus.truncation import STATED, mark_truncated
from analysis.prepared_corpus import Corpus
from analysis.text.own_names import find_own_names

# Of fewer words nothing tells the language; the opening of an article tells it of the whole.
LANGUAGE_WORDS, OPENING = 20, 2000
ENGLISH, LATIN = "English", "another language in Latin letters"
LETTERS_LOOKED_AT = 200
NO_OUTLET = "(no outlet)"


def measure_articles(corpus: Corpus) -> pd.DataFrame:
    """Measure every article for the checks of a corpus.

    Returns
    -------
    pandas.DataFrame
        A row per cleaned article: ``article_id, outlet, published``; ``words``; ``removed_share``
        (of the loaded characters, 0 to 1); ``language`` (``English``, a script such as
        ``Cyrillic``, another language in Latin letters, or empty where it is too short to tell);
        ``quotation`` (the marks that open most of its quotations); ``leftover`` (what may be
        furniture that was not cut) and ``own_names`` (words that are taken for the outlet's name),
        as lists; and bool: ``truncated``, ``wire`` (an agency's text, edited or not), ``copy`` (of
        an earlier article of the outlet), ``exact``, ``shared`` (half or more stands in another
        outlet's article).

    Notes
    -----
    Kept beside the prepared corpus, so that a second call, in any process, only reads.
    """
    return keep_measured(corpus, _measure)


def _measure(corpus: Corpus) -> pd.DataFrame:
    articles = corpus.articles.reset_index(drop=True)
    cut = corpus.removed["text"].str.len().groupby(corpus.removed["article_id"]).sum()
    removed = articles["article_id"].map(cut).fillna(0).to_numpy()
    kept = articles["text"].str.len().to_numpy()
    copies = mark_copies(articles)
    leftovers = find_leftovers(take_rows(articles, ~copies["copy"].to_numpy()))
    return pd.DataFrame(
        {
            "article_id": articles["article_id"],
            "outlet": articles["outlet"].replace("", NO_OUTLET),
            "published": articles["published"],
            "words": count_words(articles["text"]),
            "removed_share": removed / np.maximum(removed + kept, 1),
            "language": tell_each(articles["text"], name_language),
            "quotation": tell_each(articles["text"], main_style),
            "leftover": [leftovers.get(name, []) for name in articles["article_id"]],
            "truncated": is_truncated(articles),
            "own_names": own_names(corpus),
            "wire": articles["wire"] != "own",
            **copies,
        }
    )


def tell_each(texts: pd.Series[str], tell: Callable[[str], str]) -> pd.Series[str]:
    """Tell something of each text, of which few stand in memory as strings at a time."""
    return pd.Series([tell(text) for text in each_text(texts)], texts.index, dtype="str")


def is_truncated(articles: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each cleaned article whether only its beginning is there.

    What the page said of it was cut with the furniture, so that `load` has noted it; how the text
    ends shows when the furniture is gone.
    """
    cut = mark_truncated(articles) != ""
    return cut | articles["truncated"].isin(STATED) if "truncated" in articles.columns else cut


def own_names(corpus: Corpus) -> list[list[str]]:
    """Give the words of each cleaned article that are taken for its outlet's name, each once."""
    tokens = corpus.tokens
    marked = np.flatnonzero(find_own_names(tokens))
    rows = np.searchsorted(tokens.pointer, marked, side="right") - 1
    pairs = np.unique(np.stack([rows, tokens.ids[marked]]), axis=1)
    ends = np.cumsum(np.bincount(pairs[0], minlength=len(tokens.articles)))
    return [part.tolist() for part in np.split(tokens.terms[pairs[1]], ends[:-1])]


def name_language(text: str) -> str:
    """Tell English from other languages, and these by the script of most of their letters."""
    opening = text[:OPENING]
    letters = list(islice(filter(str.isalpha, opening), LETTERS_LOOKED_AT))
    # Scripts without spaces have several letters to a word, but no words to count.
    if len(opening.split()) < LANGUAGE_WORDS and len(letters) < 4 * LANGUAGE_WORDS:
        return ""
    if is_english(opening):
        return ENGLISH
    scripts = Counter(unicodedata.name(letter, "UNKNOWN").split()[0] for letter in letters)
    script = scripts.most_common(1)[0][0] if scripts else "LATIN"
    return LATIN if script == "LATIN" else {"CJK": "Chinese"}.get(script, script.capitalize())


def spell_languages(languages: pd.Series[str]) -> str:
    """Write the languages of many articles with their shares, the commonest first."""
    told = languages[languages != ""]
    counts = told.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return ", ".join(f"{name} {percent(n, len(told))}" for name, n in counts.items())


def summarise_outlets(measured: pd.DataFrame) -> pd.DataFrame:
    """Lay out what was measured, outlet by outlet.

    Parameters
    ----------
    measured
        As `measure_articles` gives it.

    Returns
    -------
    pandas.DataFrame
        A row per outlet, largest first: ``outlet, articles, undated, median_words``; the shares of
        its articles (0 to 1) that are truncated, hold what may be furniture left over, hold words
        taken for the outlet's name, are an agency's, copies of others, or shared with another
        outlet; ``languages`` and ``quotation_marks`` with their shares of its articles.
    """
    shares = {
        "truncated": "truncated_share", "leftover": "leftover_share",
        "own_names": "own_names_share", "wire": "wire_share", "copy": "copies_share",
        "shared": "shared_share",
    }  # fmt: skip
    lists = {name: measured[name].map(bool) for name in ("leftover", "own_names")}
    flags = measured.assign(**lists)
    by_outlet = flags.groupby("outlet", sort=True)
    table = by_outlet.agg(
        articles=("words", "size"),
        undated=("published", lambda dates: int(dates.isna().sum())),
        median_words=("words", "median"),
        **{name: (column, "mean") for column, name in shares.items()},
        languages=("language", spell_languages),
        quotation_marks=("quotation", spell_styles),
    )
    table["median_words"] = table["median_words"].round().astype(int)
    return table.reset_index().sort_values(
        "articles", ascending=False, kind="stable", ignore_index=True
    )
