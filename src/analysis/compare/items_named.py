"""Names and sources as items: one row per mention."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.compare.claims_sentences import Longs
from analysis.compare.items_joining import find_people, join_names, kind_of
from analysis.compare.items_names import fold, known_names
from analysis.compare.items_spoken import Spoken
from analysis.compare.items_vocabulary import (
    Ints,
    Mentions,
    Vocabulary,
    read_mentions,
    settle,
    settle_all,
)
from analysis.corpus.agencies import read_agencies
from analysis.corpus.taking import each_text
from analysis.text.name_words import strip_titles

MENTION_COLUMNS = ["event_id", "article_id", "start", "end", "kind", "item", "near"]


@dataclass(eq=False)
class Named:
    """The names of some articles, which stand event by event.

    Attributes
    ----------
    articles
        The articles.
    vocabulary
        Which words are names.
    hidden
        A pattern for the names of outlets and agencies.
    speakers
        Names of those who are quoted directly, folded: they are persons.
    mentions
        Of names, in the order of the articles.
    event
        Of each mention, the number of its event in the order of the articles.
    names, name
        All names, and of each mention the place of its own.
    places
        The place of each name.
    joined
        By event, the name that a short one stands for.
    labels, kinds
        By event and name: how it is most often written, and what it is of.
    """

    articles: pd.DataFrame
    vocabulary: Vocabulary
    hidden: re.Pattern[str]
    speakers: set[str]
    mentions: Mentions
    event: Longs
    names: list[str]
    name: Ints
    places: dict[str, int]
    joined: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    kinds: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(
        cls, articles: pd.DataFrame, *, own_names: Iterable[str], speakers: Iterable[str] = ()
    ) -> Named:
        """Read the names of all articles; they are joined `part` by part."""
        mentions, vocabulary = read_mentions(each_text(articles["text"]))
        names, name = settle_all(mentions, vocabulary)
        hidden = hide_media(own_names)
        shown = np.array([bool(key) and not hidden.search(key) for key in names], dtype=bool)
        kept = np.flatnonzero(shown[name])
        mentions, name = mentions.take(kept), name[kept]
        event = pd.factorize(articles["event_id"])[0][mentions.row]
        places = {key: place for place, key in enumerate(names)}
        spoken = {fold(name) for name in speakers}
        return cls(articles, vocabulary, hidden, spoken, mentions, event, names, name, places)

    def part(self, first: int, last: int) -> Named:
        """Give the names of the articles from one row to another, those of an event joined.

        All articles of an event must be among them, as names are joined in each event.
        """
        some = slice(*np.searchsorted(self.mentions.row, [first, last]).tolist())
        articles = self.articles.iloc[first:last].reset_index(drop=True)
        mentions = self.mentions.take(some)
        mentions = replace(mentions, row=mentions.row - first)
        event_of, events = pd.factorize(articles["event_id"])
        own = mentions, event_of[mentions.row], self.names, self.name[some].copy()
        named = Named(articles, self.vocabulary, self.hidden, self.speakers, *own, self.places)
        named.join(events.tolist())
        return named

    def join(self, events: list[str]) -> None:
        """Join the names of each event, and say how each is written and what it is of."""
        bounds = np.searchsorted(self.event, np.arange(len(events) + 1)).tolist()
        for event_id, first, last in zip(events, bounds, bounds[1:], strict=False):
            if first == last:
                continue
            own = slice(first, last)
            keys = [self.names[place] for place in self.name[own].tolist()]
            forms = [self.mentions.forms[place] for place in self.mentions.form[own].tolist()]
            titled = [keys[place] for place in np.flatnonzero(self.mentions.titled[own]).tolist()]
            counts = Counter(keys)
            spoken = [key for key in counts if key in self.speakers and " " in key]
            people = find_people(counts, [*titled, *spoken])
            joined = join_names(counts, people)
            self.joined[event_id] = joined
            self.describe(event_id, people, keys, forms, self.mentions.located[own].tolist())
            self.name[own] = [self.places[joined.get(key, key)] for key in keys]

    def describe(
        self,
        event_id: str,
        people: set[str],
        keys: list[str],
        forms: list[str],
        located: list[bool],
    ) -> None:
        """Say how the names of an event are written and what each is of, from their mentions."""
        joined = self.joined[event_id]
        written: dict[str, Counter[str]] = defaultdict(Counter)
        uses: Counter[str] = Counter()
        places: Counter[str] = Counter()
        for (key, form, where), number in Counter(zip(keys, forms, located, strict=True)).items():
            name, folded = joined.get(key, key), fold(form)
            has_people = folded.split()[-1] != key.split()[-1]  # "Syrian"
            uses[name] += number
            places[name] += number * (where or has_people)
            if folded == name:
                written[name][" ".join(form.split())] += number
        for name, number in uses.items():
            label = written[name].most_common(1)[0][0] if written[name] else name.title()
            self.labels[event_id, name] = name.title() if name in known_names() else label
            self.kinds[event_id, name] = kind_of(name, people, places[name] / number)


def hide_media(own_names: Iterable[str]) -> re.Pattern[str]:
    """Make a pattern for the names of outlets, alone or in longer ones, and of agencies, alone."""
    outlets, agencies = (
        "|".join(sorted({re.escape(fold(name).removeprefix("the ")) for name in names} - {""}))
        for names in (own_names, read_agencies().spellings)
    )
    anywhere = rf"\b(?:{outlets})\b|" if outlets else ""
    return re.compile(rf"{anywhere}^(?:{agencies})$")


def name_mentions(named: Named) -> pd.DataFrame:
    """Give a row per mention of a name."""
    mentions, articles = named.mentions, named.articles
    event_id = articles["event_id"].array.take(mentions.row)
    events = articles["event_id"].unique().tolist()
    n_names = max(len(named.names), 1)
    pair, place = np.unique(named.event * n_names + named.name, return_inverse=True)
    pairs = [(events[one // n_names], named.names[one % n_names]) for one in pair.tolist()]
    return pd.DataFrame(
        {
            "event_id": event_id,
            "article_id": articles["article_id"].array.take(mentions.row),
            "start": mentions.start.astype(np.int64),
            "end": mentions.end.astype(np.int64),
            "kind": pd.array([named.kinds[one] for one in pairs], dtype="str").take(place),
            "item": pd.array([named.labels[one] for one in pairs], dtype="str").take(place),
            "near": False,
        }
    )


def source_mentions(spoken: Spoken, named: Named) -> pd.DataFrame:
    """Give a row per stretch of speech with a named source."""
    event_of, events = pd.factorize(named.articles["event_id"])
    n_names = max(len(spoken.names), 1)
    codes, pairs = pd.factorize(event_of[spoken.row] * n_names + spoken.speaker)
    labels = [
        label_source(events[one // n_names], spoken.names[one % n_names], named)
        for one in pairs.tolist()
    ]
    said = pd.DataFrame(
        {
            "event_id": named.articles["event_id"].array.take(spoken.row),
            "article_id": named.articles["article_id"].array.take(spoken.row),
            "start": spoken.start,
            "end": spoken.end,
            "kind": "source",
            "item": pd.array(labels, dtype="str").take(codes),
            "near": False,
        }
    )
    return said[said["item"] != ""]


def label_source(event_id: Any, speaker: str, named: Named) -> str:  # noqa: ANN401, as it came
    """Give the name of a speaker as an item; "" where it is none."""
    speaker = strip_titles(speaker)
    if not any(word[:1].isupper() for word in speaker.split()):
        return ""
    key = settle(fold(speaker).removeprefix("the "), False, named.vocabulary)
    key = named.joined.get(event_id, {}).get(key, key)
    if not key or named.hidden.search(key):
        return ""
    return named.labels.get((event_id, key), speaker)
