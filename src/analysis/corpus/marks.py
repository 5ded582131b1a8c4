"""Furniture that a mark of its own gives away, in any language: markup, posts, headers, titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from analysis.corpus.draft import Cut
from analysis.corpus.furniture import SENTENCE_END, Rows

BLOCK_TAGS = (
    "address|article|aside|blockquote|br|div|dd|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main"
    "|nav|ol|p|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
INLINE_TAGS = (
    "a|abbr|b|button|cite|code|em|font|form|i|iframe|img|input|label|mark|noscript|picture|q|s|small"
    "|source|span|strong|sub|sup|svg|time|u|video"
)
MARKUP = re.compile(
    rf"<(?P<whole>script|style)\b[^<>]{{0,500}}>[^<]{{0,20000}}</(?P=whole)\s?>"
    rf"|</?(?P<block>{BLOCK_TAGS})(?:\s[^<>]{{0,1000}})?/?>"
    rf"|</?(?:{INLINE_TAGS})(?:\s[^<>]{{0,1000}})?/?>|<!--[^<>]{{0,500}}-->",
    re.IGNORECASE,
)
INLINE = [  # each with a text that is always in it, as looking for that is quick
    ("hidden address", "protected]", re.compile(r"\[email\s?protected\]", re.IGNORECASE)),
    ("embedded link", ".com/", re.compile(r"pic\.(?:twitter|x)\.com/\w+")),
    ("embedded link", "//t.co/", re.compile(r"https?://t\.co/\w+")),
]
POST_LINK = re.compile(r"(?:\bpic\.(?:twitter|x)\.com|//t\.co)/\w+\s*$")
POST_SIGNATURE = re.compile(r"^\W{1,3}[^\n@]{1,80}\(@\w{1,30}\)")
POST_LINES, POST_WORDS = 6, 60
LENGTH_LINE = re.compile(r"(?:length:\s*)?\d{1,3}(?:,?\d{3})? words", re.IGNORECASE)
RIGHTS_LINE = re.compile(
    r"(?:©|\(c\)|\bc\b|copyright)\W.{0,80}\b(?:19|20)\d\d\b|all rights reserved", re.IGNORECASE
)
FIELD_LINE = re.compile(
    r"(?:BYLINE|SECTION|LENGTH|DATELINE|HEADLINE|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE"
    r"|GRAPHIC|DISTRIBUTION|COPYRIGHT|DOCUMENT-TYPE):"
)
PROSE_WORDS = 12
HEADLINES_IN_ROW = 3
HEADLINE_WORDS, HEADLINE_WORDS_COLON = 5, 8
HEADER_LINES = 15
TITLE_LINES = 40
WORDS = re.compile(r"\w+")
SITE_NAME = re.compile(r"\s[|»–—-]\s")  # what stands before it


def find_markup(text: str) -> list[Cut]:
    """Find tags and comments of HTML; a tag that begins or ends a block leaves a line break."""
    if "<" not in text:
        return []
    return [
        Cut(*match.span(), "markup", "\n" if match["block"] else "")
        for match in MARKUP.finditer(text)
    ]


def find_inline(text: str) -> list[Cut]:
    """Find what is furniture even in the midst of a sentence."""
    return sorted(
        Cut(*match.span(), reason)
        for reason, part, pattern in INLINE
        if part in text
        for match in pattern.finditer(text)
    )


def marked_lines(rows: Rows, title: str) -> dict[int, str]:
    """Give the numbers of the lines that a mark gives away, each with the reason."""
    lines = rows.lines
    return {
        **dict.fromkeys(_headlines_ahead(rows), ""),  # named by what it looks like
        **dict.fromkeys(_title_lines(lines, title), "headline"),
        **dict.fromkeys(_database_header(lines), "database header"),
        **dict.fromkeys(_embedded_posts(lines) if _has_post(rows.text) else (), "embedded post"),
    }


def _headlines_ahead(rows: Rows) -> list[int]:
    """Find the lines before the first sentence, if there is one: headline, section, deck."""
    return list(range(rows.read_on.index(True) if any(rows.read_on) else 0))


def headlines_behind(rows: Rows, cut: Collection[int]) -> list[int]:
    """Find lists of headlines, capitalised and without a full stop, behind the last sentence."""
    lines, words = rows.lines, rows.table[:, 0]
    prose = (
        number
        for number in range(len(lines) - 1, -1, -1)
        if rows.read_on[number] and number not in cut and words[number] >= PROSE_WORDS
    )
    last = next(prose, None)
    if last is None:
        return []
    found: list[int] = []
    run: list[int] = []
    for number in range(last + 1, len(lines) + 1):
        if number < len(lines) and not rows.read_on[number] and _is_headline(lines[number]):
            run.append(number)
        else:
            found += run if len(run) >= HEADLINES_IN_ROW else []
            run = []
    return found


def _is_headline(line: str) -> bool:
    """Tell whether a line is like a headline; a short one with a colon rather names a role."""
    words = line.split()
    capitals = sum(not word[0].islower() for word in words)
    enough = len(words) >= (HEADLINE_WORDS_COLON if ":" in line else HEADLINE_WORDS)
    return enough and capitals >= len(words) / 2


def _title_lines(lines: Sequence[str], title: str) -> list[int]:
    """Find the article's own title among its first lines, alone or with the site's name."""
    wanted = WORDS.findall(title.casefold())
    if len(wanted) < 2:
        return []
    return [
        number
        for number, line in enumerate(lines[:TITLE_LINES])
        if len(line) <= 2 * len(title) + 80 and _is_title(line.casefold(), wanted)
    ]


def _is_title(line: str, wanted: list[str]) -> bool:
    first = WORDS.search(line)
    if first is None or first.group() != wanted[0]:  # which is quick to tell
        return False
    return WORDS.findall(SITE_NAME.split(line)[0]) == wanted or WORDS.findall(line) == wanted


def _database_header(lines: Sequence[str]) -> list[int]:
    """Find the lines of a press database before the text: its length in words, date, rights."""
    fields = [number for number, line in enumerate(lines) if FIELD_LINE.match(line)]
    length = next((n for n, x in enumerate(lines[:HEADER_LINES]) if LENGTH_LINE.fullmatch(x)), None)
    if length is None:
        return fields if len(fields) > 2 else []
    after = range(length + 1, min(len(lines), length + HEADER_LINES))
    rights = [n for n in after if len(lines[n]) < 200 and RIGHTS_LINE.search(lines[n])]
    end = rights[0] if rights else length
    return sorted({*range(end + 1), *fields})


def _has_post(text: str) -> bool:
    return "pic." in text or "//t.co" in text


def _embedded_posts(lines: Sequence[str]) -> list[int]:
    """Find what is left of posts without a signature: their words would pass for the outlet's.

    From the post's link back to the last full stop. A signed post stays, as a quotation would.
    """
    found: list[int] = []
    for number, line in enumerate(lines):
        if line.count(" ") >= POST_WORDS or not POST_LINK.search(line[-80:]):
            continue
        if any(POST_SIGNATURE.match(after) for after in lines[number + 1 : number + POST_LINES]):
            continue
        found.append(number)
        for earlier in range(number - 1, max(-1, number - 1 - POST_LINES), -1):
            if SENTENCE_END.search(lines[earlier][-12:]) or lines[earlier].count(" ") >= POST_WORDS:
                break
            found.append(earlier)
    return found
