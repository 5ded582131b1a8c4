"""Articles that lack a name of their event, but have a word of it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from analysis.compare.items_joining import PERSON
from analysis.compare.items_named import MENTION_COLUMNS, Named
from analysis.compare.items_names import fold, read_words
from analysis.corpus.taking import texts_at
from analysis.text.name_words import read_name_words

CAPITAL = re.compile(r"[^\Wa-z\d_][^\W\d_]*")  # or another letter that is not a small one of ASCII

Place = tuple[int, int]


def near_names(named: Named) -> pd.DataFrame:
    """Give a row per article that lacks a name of its event but has a word of it with a capital."""
    events = named.articles["event_id"].unique().tolist()
    ids = named.articles["article_id"].tolist()
    bounds = np.searchsorted(named.event, np.arange(len(events) + 1)).tolist()
    rows_of = named.articles.groupby("event_id", sort=False).indices
    found = []
    for event_id, first, last in zip(events, bounds, bounds[1:], strict=False):
        holders = find_holders(named, slice(first, last))
        if not holders:
            continue
        telling = {name: telling_words(name, named.kinds[event_id, name]) for name in holders}
        wanted = {word for words in telling.values() for word in words}
        rows = np.asarray(rows_of[event_id])
        texts = texts_at(named.articles["text"], rows)
        words_of = {
            row: index_words(text, wanted) for row, text in zip(rows.tolist(), texts, strict=True)
        }
        for name, have in holders.items():
            item = named.kinds[event_id, name], named.labels[event_id, name]
            for row, words in words_of.items():
                places = [words[word] for word in telling[name] if word in words]
                if places and row not in have:
                    found.append((event_id, ids[row], *min(places), *item, True))
    return pd.DataFrame(found, columns=MENTION_COLUMNS).astype({"near": "bool"})


def find_holders(named: Named, own: slice) -> dict[str, set[int]]:
    """Give for the names of an event that two articles have those articles."""
    holders: dict[str, set[int]] = {}
    names, rows = named.name[own].tolist(), named.mentions.row[own].tolist()
    for name, row in zip(names, rows, strict=True):
        holders.setdefault(named.names[name], set()).add(row)
    return {name: have for name, have in holders.items() if len(have) > 1}


def telling_words(key: str, kind: str) -> list[str]:
    """Give the words of a name of which one alone may stand for it."""
    words = read_words()
    telling = [word for word in key.split() if word not in words.common and len(word) > 1]
    if kind == PERSON:
        telling = [word for word in telling if word not in read_name_words().genders] or telling
    return telling


def index_words(text: str, wanted: set[str]) -> dict[str, Place]:
    """Give those of some folded words that a text has with a capital, each with its first place."""
    words: dict[str, Place] = {}
    for match in CAPITAL.finditer(text):
        word = fold(match[0])
        if word in wanted and word not in words and begins_with_capital(text, match.start()):
            words[word] = match.span()
    return words


def begins_with_capital(text: str, place: int) -> bool:
    """Say whether a capital stands at a place, and no letter before it ("eBay")."""
    return text[place].isupper() and not "a" <= text[place - 1 : place] <= "z"
