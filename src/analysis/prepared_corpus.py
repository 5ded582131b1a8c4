"""A corpus that was prepared: its articles and words, and all that is found in them, each once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.columnar import open_frame
from analysis.compare.items import find_items
from analysis.corpus.clean import Cleaned
from analysis.corpus.schema import DataError
from analysis.corpus.taking import take_rows
from analysis.kept_links import find_links_once
from analysis.kept_quotes import write_quotes
from analysis.prepared import PACKAGE, hash_code, keep_frame, keep_part
from analysis.text.by_term import count_chosen
from analysis.text.counts import Counts
from analysis.text.event_links import EventLinks
from analysis.text.events import group_events
from analysis.text.own_names import find_own_names
from analysis.text.stop_words import stop_words
from analysis.text.tokens import TOKEN_PATTERN, Tokens, Voice
from analysis.text.voices import mark_voices
from analysis.text.wire_selection import is_repeat
from analysis.wording import listed

LETTER = re.compile(r"[^\W\d_]")
SHARED = "shared"
FEWEST_ARTICLES = 5  # a term in fewer articles says more about a story than about an outlet


@dataclass(frozen=True, eq=False)
class Corpus:
    """A corpus with all that was prepared from it.

    Attributes
    ----------
    name
        The name of the built-in corpus, or of the file or folder.
    loaded
        The articles as they were loaded, one row each.
    cleaned
        What cleaning kept and removed, and the way back to the loaded text.
    set_aside
        What could not be loaded: ``origin, problem, remedy, kept``.
    tokens
        The words of the cleaned texts.
    fingerprint
        Of inputs, settings, code and versions: the same for the same corpus.
    folder
        Where it is kept.
    """

    name: str
    loaded: pd.DataFrame
    cleaned: Cleaned
    set_aside: pd.DataFrame
    tokens: Tokens
    fingerprint: str
    folder: Path

    @property
    def articles(self) -> pd.DataFrame:
        """The articles with cleaned text and labels (see ``add_wire``), without rejected ones."""
        return self.cleaned.articles

    @property
    def removed(self) -> pd.DataFrame:
        """What cleaning cut: ``article_id, start, end, reason, text``, spans of the loaded text."""
        return self.cleaned.removed

    @property
    def rejected(self) -> pd.DataFrame:
        """Articles that had no text of their own: ``article_id, reason``."""
        return self.cleaned.rejected

    @cached_property
    def quotes(self) -> pd.DataFrame:
        """Who speaks in the articles (see ``find_quotes``); found at the first use, then kept."""
        kept = keep_part(
            self.folder / "quotes.arrow",
            lambda path: write_quotes(self.articles, path, self.folder.parent),
            open_frame,
        )
        inside = kept["article_id"].isin(self.articles["article_id"])
        return kept if inside.all() else kept[inside].reset_index(drop=True)

    def about(self, words: str, *, least: int = 2) -> Corpus:
        """Keep the articles that hold any of some words, with all that was found in them.

        Parameters
        ----------
        words
            Single words with spaces between them, in any case; all articles if empty.
        least
            How often an article must hold one of them.

        Raises
        ------
        DataError
            When no article does.
        """
        if not words.strip():
            return self
        wanted = [re.findall(TOKEN_PATTERN, word.lower()) for word in words.split()]
        chosen = np.isin(self.tokens.terms, [piece for pieces in wanted for piece in pieces])
        chosen = np.append(chosen, False)  # the last one is for the id -1
        kept = count_chosen(self.tokens.ids, self.tokens.pointer, chosen) >= least
        if not kept.any():
            raise DataError(
                f"no article of {self.name} holds {words!r} {least} times; look for words in "
                "corpus.tokens.terms"
            )
        return self._take(kept)

    def only(self, *, outlets: Collection[str] = (), event: str = "") -> Corpus:
        """Keep the articles of some outlets, or on some events, with all that was found in them.

        Parameters
        ----------
        outlets
            Their names; all if empty.
        event
            An event's id, or ``"shared"`` for the events on which two of the outlets have an
            article; needs `with_events`. All articles if empty.

        Raises
        ------
        DataError
            When an outlet or event is not in the corpus, or no article is left.
        """
        own = self.articles["outlet"]
        unknown = [name for name in outlets if name not in set(own)]
        if unknown:
            raise DataError(
                f"outlet {unknown[0]!r} is not in the corpus (it has: {listed(sorted(set(own)))})"
            )
        kept = own.isin(list(outlets)) if outlets else own.notna()
        if event and "event_id" not in self.articles:
            raise DataError("the articles have no event_id; call with_events() first")
        if event == SHARED:
            told_by = own[kept].groupby(self.articles["event_id"]).nunique()
            kept &= self.articles["event_id"].map(told_by).fillna(0) > 1
        elif event:
            kept &= self.articles["event_id"] == event
        if not kept.any():
            of = listed(list(outlets)) if outlets else "the corpus"
            raise DataError(
                f"no article of {of} is on the event {event!r}; choose another event, or more "
                "outlets"
            )
        return self._take(kept.to_numpy())

    def _take(self, kept: NDArray[np.bool_]) -> Corpus:
        _ = self.quotes, self.with_events()  # found in all articles, and only then restricted
        return replace(
            self,
            cleaned=replace(self.cleaned, articles=take_rows(self.articles, kept)),
            tokens=self.tokens.take_articles(kept),
        )

    def with_voices(self) -> Corpus:
        """Mark the voice of every token, so that `counts` can be taken of one voice."""
        return replace(self, tokens=mark_voices(self.tokens, self.quotes))

    def with_events(self, overrides: str | Path | Mapping[str, Any] | None = None) -> Corpus:
        """Give every article its ``event_id``, so that comparisons can be made inside events.

        Parameters
        ----------
        overrides
            As for ``group_events``.
        """
        if overrides:
            events = group_events(self.articles, overrides=overrides, links=self.links)
        else:
            kept = keep_frame(
                self.folder,
                "events",
                lambda: group_events(self.articles, links=self.links).reset_index(),
            )
            events = kept.set_index("article_id")["event_id"]
        articles = self.articles.assign(event_id=events.reindex(self.articles["article_id"]).array)
        return replace(
            self,
            cleaned=replace(self.cleaned, articles=articles),
            tokens=replace(self.tokens, articles=articles),
        )

    @property
    def links(self) -> EventLinks:
        """How likely any two articles tell of the same event (see ``group_events``), kept."""
        return find_links_once(self.articles, self.folder)

    @property
    def items(self) -> pd.DataFrame:
        """What the articles on each event tell (see ``find_items``); needs `with_events`, kept."""
        if "event_id" not in self.articles:
            raise DataError("the articles have no event_id; call with_events() first")
        behind = hashlib.sha256("\n".join(self.articles["event_id"]).encode())
        hash_code(behind, [PACKAGE / "compare"])
        name = f"items-{behind.hexdigest()[:12]}"
        return keep_frame(self.folder, name, lambda: find_items(self.articles, quotes=self.quotes))

    def counts(
        self,
        *,
        ngrams: tuple[int, int] = (1, 1),
        voice: Voice | None = None,
        min_articles: int = 0,
    ) -> Counts:
        """Count words and phrases that may tell outlets apart.

        English stop words, outlets' names for themselves and bare numbers are left out; an
        article that stands in its outlet twice (``copy_of``) counts once.

        Parameters
        ----------
        ngrams
            Shortest and longest run of words.
        voice
            ``"own"`` or ``"quoted"``: only what the outlets say themselves, or what they quote
            and report; needs `with_voices`. None counts all.
        min_articles
            Leave out terms in fewer articles. 0 takes 5, in a corpus of less than 50 articles a
            tenth of them.
        """
        least = min_articles or max(1, min(FEWEST_ARTICLES, len(self.articles) // 10))
        chosen, left_out = self.tokens.is_in_voice(voice), find_own_names(self.tokens)
        if chosen is not None:
            left_out |= np.logical_not(chosen, out=chosen)
            del chosen
        # At once, as what is taken is a copy of all tokens.
        tokens = replace(self.tokens, voice=None).take_articles(
            ~is_repeat(self.articles), places=False, without=left_out
        )
        del left_out
        counts = tokens.counts(ngrams, min_articles=least, stop_words=stop_words())
        spelled = np.array([bool(LETTER.search(term)) for term in counts.terms], dtype=bool)
        return counts.take_terms(spelled)
