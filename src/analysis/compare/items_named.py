"""Names, numbers and sources as items: one row per mention."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.compare.claims_sentences import Longs, Sentences
from analysis.compare.items_joining import PERSON, find_people, join_names, kind_of
from analysis.compare.items_names import (
    WORD,
    Vocabulary,
    fold,
    mentions_of,
    read_vocabulary,
    read_words,
    settle,
)
from analysis.compare.items_numbers import numbers_of
from analysis.corpus.agencies import read_agencies
from analysis.text.name_words import read_name_words, strip_titles

SPOKEN = ("direct", "indirect")
MENTION_COLUMNS = ["event_id", "article_id", "start", "end", "kind", "item", "near"]
CONTEXT = 0.1  # likeness of two sentences from which on a number in both may be one


@dataclass(eq=False)
class Named:
    """The names of some articles, those of one event joined.

    Attributes
    ----------
    articles
        The articles.
    vocabulary
        Which words are names.
    rows
        A row per mention: ``event_id, article_id, key, start, end``.
    hidden
        A pattern for the names of outlets and agencies.
    joined
        By event, the name that a short one stands for.
    labels, kinds
        By event and key: how the name is most often written, and what it is of.
    """

    articles: pd.DataFrame
    vocabulary: Vocabulary
    rows: pd.DataFrame
    hidden: re.Pattern[str]
    joined: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(
        cls, articles: pd.DataFrame, *, own_names: Iterable[str], speakers: Iterable[str] = ()
    ) -> Named:
        """Read the names of all articles and join those that are one; speakers are persons."""
        texts = articles["text"].tolist()
        found = [list(mentions_of(text)) for text in texts]
        vocabulary = read_vocabulary(texts, found)
        hidden = hide_media(own_names)
        rows = []
        places = zip(articles["event_id"], articles["article_id"], texts, found, strict=True)
        for event_id, article_id, text, mentions in places:
            for one in mentions:
                key = settle(one.key, one.first, vocabulary)
                if key and not hidden.search(key):
                    written = text[one.start : one.end]
                    place = one.start, one.end
                    rows.append(
                        (event_id, article_id, key, *place, written, one.located, one.titled)
                    )
        columns = ["event_id", "article_id", "key", "start", "end", "written", "located", "titled"]
        named = cls(articles, vocabulary, pd.DataFrame(rows, columns=columns), hidden)
        named.join({fold(name) for name in speakers})
        return named

    def join(self, speakers: set[str]) -> None:
        """Join the names of each event, and say how each is written and what it is of."""
        keys = self.rows["key"].to_numpy(dtype=object, copy=True)
        for event_id, places in self.rows.groupby("event_id", sort=False).indices.items():
            rows = self.rows.iloc[places]
            counts = Counter(rows["key"])
            spoken = [key for key in counts if key in speakers and " " in key]
            people = find_people(counts, [*rows["key"][rows["titled"]], *spoken])
            joined = join_names(counts, people)
            self.joined[str(event_id)] = joined
            written: dict[str, Counter[str]] = defaultdict(Counter)
            located: dict[str, list[bool]] = defaultdict(list)
            for key, form, where in zip(rows["key"], rows["written"], rows["located"], strict=True):
                name = joined.get(key, key)
                has_people = fold(form).split()[-1] != key.split()[-1]  # "Syrian"
                located[name].append(where or has_people)
                if fold(form) == name:
                    written[name][" ".join(form.split())] += 1
            for name, where in located.items():
                label = written[name].most_common(1)[0][0] if written[name] else name.title()
                same = name in read_words().same.values()
                self.labels[str(event_id), name] = name.title() if same else label
                self.kinds[str(event_id), name] = kind_of(name, people, sum(where) / len(where))
            keys[places] = [joined.get(key, key) for key in rows["key"]]
        self.rows = self.rows.assign(key=keys)


def hide_media(own_names: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern for the names of outlets, alone or in longer ones, and of agencies, alone."""
    outlets, agencies = (
        "|".join(sorted({re.escape(fold(name).removeprefix("the ")) for name in names} - {""}))
        for names in (own_names, read_agencies().spellings)
    )
    anywhere = rf"\b(?:{outlets})\b|" if outlets else ""
    return re.compile(rf"{anywhere}^(?:{agencies})$")


def name_mentions(named: Named) -> pd.DataFrame:
    """Give a row per mention of a name, and per article that has a word of it only."""
    rows = named.rows
    pairs = list(zip(rows["event_id"], rows["key"], strict=True))
    found = rows[["event_id", "article_id", "start", "end"]].assign(
        kind=[named.kinds[pair] for pair in pairs],
        item=[named.labels[pair] for pair in pairs],
        near=False,
    )
    near = pd.DataFrame(near_names(named), columns=MENTION_COLUMNS)
    return pd.concat([found, near.astype({"near": "bool"})], ignore_index=True)


def near_names(named: Named) -> list[tuple[str, str, int, int, str, str, bool]]:
    """Find the articles that lack a name of their event but have a word of it with a capital."""
    found = []
    words_of = index_words(named.articles)
    in_event = named.articles.groupby("event_id", sort=False)["article_id"].agg(list)
    holders = named.rows.groupby(["event_id", "key"], sort=False)["article_id"].agg(set)
    for pair, have in zip(holders.index.tolist(), holders, strict=True):
        event_id, key = pair
        if len(have) < 2:
            continue
        telling = telling_words(key, named.kinds[event_id, key])
        for article_id in in_event[event_id]:
            if article_id in have:
                continue
            words = words_of[article_id]
            places = [words[word] for word in telling if word in words]
            if places:
                start, end = min(places)
                found.append(
                    (event_id, article_id, start, end, named.kinds[pair], named.labels[pair], True)
                )
    return found


def telling_words(key: str, kind: str) -> list[str]:
    """Give the words of a name of which one alone may stand for it."""
    words = read_words()
    telling = [word for word in key.split() if word not in words.common and len(word) > 1]
    if kind == PERSON:
        telling = [word for word in telling if word not in read_name_words().genders] or telling
    return telling


def index_words(articles: pd.DataFrame) -> dict[str, dict[str, tuple[int, int]]]:
    """Give, by article, the folded words with a capital, each with its first place."""
    index: dict[str, dict[str, tuple[int, int]]] = {}
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        words: dict[str, tuple[int, int]] = {}
        for match in WORD.finditer(text):
            if match[0][0].isupper():
                words.setdefault(fold(match[0]), match.span())
        index[article_id] = words
    return index


def number_mentions(articles: pd.DataFrame, sentences: Sentences) -> pd.DataFrame:
    """Give a row per number of note; those in sentences that have no word in common come near."""
    rows = [
        (event_id, article_id, row, start, end, "number", number)
        for row, (event_id, article_id, text) in enumerate(
            zip(articles["event_id"], articles["article_id"], articles["text"], strict=True)
        )
        for number, start, end in numbers_of(text)
    ]
    columns = ["event_id", "article_id", "row", "start", "end", "kind", "item"]
    found = pd.DataFrame(rows, columns=columns)
    frame = sentences.frame
    first = np.searchsorted(frame["row"], np.arange(len(articles) + 1))
    ends = frame["end"].to_numpy()
    place = np.array(
        [
            first[row] + np.searchsorted(ends[first[row] : first[row + 1]], start, side="right")
            for row, start in zip(found["row"], found["start"], strict=True)
        ],
        dtype=np.int64,
    )
    near = np.ones(len(found), dtype=bool)
    row_of = found["row"].to_numpy()
    articles_with = found.groupby(["event_id", "item"], sort=False)["row"]
    several = found[articles_with.transform("nunique") > 1]
    for same in several.groupby(["event_id", "item"], sort=False).groups.values():
        near[same] = ~in_context(sentences, place[same], row_of[same])
    return found.assign(near=near).drop(columns="row")


def in_context(sentences: Sentences, place: Longs, row: Longs) -> NDArray[np.bool_]:
    """Mark the sentences that are a little like one of another article, beyond the number."""
    place = np.minimum(place, len(sentences.frame) - 1)
    vectors = sentences.vectors[place]
    has = vectors.astype(bool).astype(np.int64)
    shared = (has @ has.T).toarray()
    alike = (vectors @ vectors.T).toarray()
    apart = row[:, np.newaxis] != row[np.newaxis, :]
    linked = (shared >= 2) & (alike >= CONTEXT) & apart
    marked: NDArray[np.bool_] = linked.any(axis=1)
    return marked


def source_mentions(quotes: pd.DataFrame, named: Named) -> pd.DataFrame:
    """Give a row per stretch of speech with a named source."""
    event_of = named.articles.set_index("article_id")["event_id"]
    spoken = quotes[quotes["kind"].isin(SPOKEN) & quotes["article_id"].isin(event_of.index)]
    spoken = spoken.assign(event_id=spoken["article_id"].map(event_of))
    rows = []
    for row in spoken.to_dict("records"):
        event_id, speaker = str(row["event_id"]), strip_titles(str(row["speaker"]))
        if not any(word[:1].isupper() for word in speaker.split()):
            continue
        key = settle(fold(speaker).removeprefix("the "), False, named.vocabulary)
        key = named.joined.get(event_id, {}).get(key, key)
        if not key or named.hidden.search(key):
            continue
        label = named.labels.get((event_id, key), speaker)
        place = row["article_id"], row["start"], row["end"]
        rows.append((event_id, *place, "source", label, False))
    return pd.DataFrame(rows, columns=MENTION_COLUMNS).astype({"near": "bool"})
