"""Labels and addresses that an outlet puts in the midst of its texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.corpus.draft import Draft, PerText
from analysis.corpus.marks import find_inline

# In the midst of a line: what begins one is judged as a line, or is the place of a dateline.
LABEL_START = re.compile(r"[.!?\"”’)\]-][^\S\n]+")
LABEL_REACH = 60
LABEL = re.compile(r"(?:[^\W\d_a-z][\w’'-]*(?: [\w’'-]+){1,3}|[^\W\d_a-z]{4,}):\s+(?![\"“'‘«„\s])")
ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+@(?P<host>(?:[\w-]+\.)+[a-z]{2,})[\w/]*|\bhttps?://(?P<site>[\w-]+(?:\.[\w-]+)+)[^\s\"”)]*",
    re.IGNORECASE,
)
ADDRESS_SIGN, CHUNK = re.compile("@|://"), re.compile(r"[^ \n\t]*")
LABEL_ARTICLES, LABEL_SHARE, EXCLUSIVE = 5, 0.05, 5
# What comes more often than this in one text tells who speaks.
TIMES_IN_TEXT = 3
ADDRESS_ARTICLES, ADDRESS_SHARE = 3, 0.01
ADDRESS_WORDS, REACH = 16, 150
SENTENCE_START = re.compile(r"(?:[.!?…][\"'”’»)\]]*\s+|\n)(?=\S)")
STOP = re.compile(r"(?: [a-z][^.!?\n]{0,80}(?=[.!?\n]|$))?[.)]*\s*")

Span = tuple[int, int]
Finds = list[tuple[str, Span]]


@dataclass(frozen=True)
class Recurring:
    """What recurs in the midst of some outlets' texts, and how often.

    Attributes
    ----------
    finds
        Outlet, draft, key and place of each.
    own
        Articles of the outlet with the key, for the keys that it has often enough.
    sizes
        Articles of each outlet.
    """

    finds: list[tuple[str, int, str, Span]]
    own: dict[tuple[str, str], int]
    sizes: Counter[str]

    @property
    def asked(self) -> set[str]:
        """Keys of which it has to be known how often other outlets have them."""
        return {key for _, key in self.own}

    def spans(self, everywhere: Mapping[str, int], n_articles: int) -> Iterator[tuple[int, Span]]:
        """Give what is hardly found in other outlets: drafts and places."""
        for outlet, number, key, span in self.finds:
            own, size = self.own.get((outlet, key), 0), self.sizes[outlet]
            others = (everywhere.get(key, 0) - own) / max(1, n_articles - size)
            if own and own / size >= EXCLUSIVE * others:
                yield number, span


class Labels:
    """Finds labels and addresses; keeps those of texts that have not changed since.

    Labels of links such as ``READ MORE:`` are known by returning in a twentieth of the articles
    and hardly in other outlets; calls to write to an address, by the address.
    """

    def __init__(self) -> None:
        self.rules = {
            "label": (PerText(_labels), LABEL_ARTICLES, LABEL_SHARE),
            "address": (PerText(_addresses), ADDRESS_ARTICLES, ADDRESS_SHARE),
        }

    def find(self, drafts: Sequence[Draft]) -> dict[str, Recurring]:
        """Find what recurs in the midst of an outlet's texts, by its kind."""
        return {kind: _recurring(drafts, *rule) for kind, rule in self.rules.items()}

    def count(self, drafts: Sequence[Draft]) -> dict[str, Counter[str]]:
        """Count the drafts with each key, by its kind."""
        return {
            kind: Counter(key for draft in drafts for key in {key for key, _ in read(draft)})
            for kind, (read, *_) in self.rules.items()
        }


def _recurring(
    drafts: Sequence[Draft], read: PerText[Finds], articles: int, share: float
) -> Recurring:
    finds = [
        (draft.outlet, n, key, span) for n, draft in enumerate(drafts) for key, span in read(draft)
    ]
    sizes = Counter(draft.outlet for draft in drafts)
    times = Counter((outlet, key) for outlet, _, key, _ in finds)
    held = {(outlet, key, number) for outlet, number, key, _ in finds}
    own = Counter((outlet, key) for outlet, key, _ in held)
    often = {
        (outlet, key): n
        for (outlet, key), n in own.items()
        if n >= max(articles, share * sizes[outlet]) and times[outlet, key] <= TIMES_IN_TEXT * n
    }
    return Recurring(finds, often, sizes)


def _labels(draft: Draft) -> Finds:
    text, place = draft.text, draft.text.find(": ")
    found: Finds = []
    while place >= 0:
        starts = LABEL_START.finditer(text, max(0, place - LABEL_REACH), place)
        start = max((match.end() for match in starts), default=0)
        match = LABEL.match(text, start) if start else None
        if match and match.start() < place < match.end():
            key = match.group().strip().casefold()
            if draft.outlet.casefold() not in key:
                found.append((key, match.span()))
        place = text.find(": ", place + 1)
    return found


def _addresses(draft: Draft) -> Finds:
    """Give each address, with its sentence if that is short."""
    if "@" not in draft.text and "://" not in draft.text:
        return []
    # The link of an embedded post says nothing of the sentence before it.
    links = {cut.start for cut in find_inline(draft.text)}
    found: Finds = []
    for match in _find_addresses(draft.text):
        if match.start() in links:
            continue
        key = (match["host"] or match["site"]).casefold().removeprefix("www.")
        if span := _sentence(draft.text, *match.span()):
            found.append((key, span))
    return found


def _find_addresses(text: str) -> Iterator[re.Match[str]]:
    """Find addresses; only what has one of their signs between two spaces is looked at closely."""
    done = 0
    for sign in ADDRESS_SIGN.finditer(text):
        if sign.start() >= done:
            start = done + 1 + max(map(text[done : sign.start()].rfind, " \n\t"))
            done = next(CHUNK.finditer(text, sign.end())).end()
            yield from ADDRESS.finditer(text, start, done)


def _sentence(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the sentence around an address, None if it says much more."""
    reach = max(0, start - REACH)
    starts = [match.end() for match in SENTENCE_START.finditer(text, reach, start + 1)]
    first = starts[-1] if starts else reach
    stop = STOP.match(text, end)
    last = stop.end() if stop else end
    short = (starts or not reach) and len(text[first:start].split()) < ADDRESS_WORDS
    return (first, last) if short and not text[last : last + 1].islower() else None
