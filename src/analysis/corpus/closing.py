"""What stands behind the last sentence of a text: agencies in brackets, and who took part."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from analysis.corpus.draft import Draft
from analysis.corpus.numbered_words import DIGITS, WORD

REACH = 300
BRACKET = re.compile(r"\(([^()\n]{2,60})\)[^\w\n]*$")
LETTER = re.compile(r"[^\W\d_]")  # a number in brackets names nobody
BRACKET_WORDS, CREDIT_WORDS = 8, 40
ENOUGH, SHARE = 3, 0.01
BREAK = re.compile(r"[.!?…](?:[\"'”’»)\]]*\s+|[\"'”’»)\]][^\w\s]*)(?=[^\w\s]{0,4}[^\W\d_a-z])")
CREDIT = re.compile(
    r"\bcontributed\s+(?:reporting|(?:\w+\s+)?to\s+(?:this|the)\s+(?:\w+\s+)?(?:report|story|article))\b"
    r"|\b(?:AP|AFP|Reuters|[Ss]taff|[Pp]ress)\s+(?:\w+\s+){0,2}[^.]{0,120}\bcontributed\W*$"
    r"|^\W*(?:[A-Z][\w'’.-]*\s+(?:and\s+)?){1,4}reported\s+from\s+[A-Z][^.]{2,60}\W*$"
    r"|^\W*Authors?\s*:\s*[^.!?]{2,80}$"
)
# Whose article it is, as in "mds/rd".
INITIALS = re.compile(r"(?<=[.!?\"”’)])\s+[^\w\s]*([a-z]{2,4}(?:/[a-z]{2,4})+)[^\w\n]*$")


def closing_spans(drafts: Sequence[Draft]) -> dict[int, tuple[int, int]]:
    """Find the credit with which a text ends, by the number of its draft."""
    brackets = {
        number: match
        for number, draft in enumerate(drafts)
        if (match := BRACKET.search(draft.text, max(0, len(draft.text) - REACH)))
        and LETTER.search(match[1])
        and len(WORD.findall(match[1])) <= BRACKET_WORDS
    }
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for number, match in brackets.items():
        counts[drafts[number].outlet].update(set(_words(match[1])))
    articles = Counter(draft.outlet for draft in drafts)
    found = {}
    for number, draft in enumerate(drafts):
        least = max(ENOUGH, SHARE * articles[draft.outlet])
        match = brackets.get(number)
        known = counts[draft.outlet]
        if match and all(known[word] >= least for word in _words(match[1])):
            found[number] = match.span()
        elif credit := _credit(draft.text):
            found[number] = credit
    return found


def _words(text: str) -> list[str]:
    return WORD.findall(DIGITS.sub("0", text.casefold()))


def _credit(text: str) -> tuple[int, int] | None:
    """Find initials, or a last sentence that only names those who took part in the report."""
    tail = max(0, len(text) - REACH)
    if initials := INITIALS.search(text, tail):
        return initials.span(1)
    if not any(cue in text[tail:] for cue in ("contributed", "reported from", "Author")):
        return None
    breaks = [match.end() for match in BREAK.finditer(text, tail)]
    starts = [start for start in breaks if WORD.search(text, start)]
    start = max([text.rfind("\n", 0, len(text.rstrip())) + 1, *starts[-1:]])
    if start < tail or len(text[start:].split()) > CREDIT_WORDS:
        return None
    return (start, len(text)) if CREDIT.search(text[start:]) else None
