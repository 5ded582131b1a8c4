"""One article with its voices marked: what is quoted, what is reported, and whose words it is."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.corpus.schema import DataError, check_articles
from analysis.report.cells import escape, visible
from analysis.report.display import Shown
from analysis.wording import plural

# Told apart by the line below the words; colour only repeats it. Letters keep the page's colour.
STYLES = {
    "direct": "text-decoration:underline solid #0072B2 .14em",
    "indirect": "text-decoration:underline dashed #D55E00 .1em",
    "scare": "text-decoration:underline wavy #8A8A8A .08em",
}
MARK = "background:none;color:inherit;text-underline-offset:.2em;"
NAMES = {"direct": "quoted", "indirect": "reported", "scare": "marked words"}
NOBODY = "nobody named"

Piece = tuple[str, str, str]  # text, kind of voice or "", speaker


def show_voices(articles: pd.DataFrame, quotes: pd.DataFrame, article_id: str) -> Shown:
    """Show an article with what it quotes and reports marked, and each speaker named.

    Parameters
    ----------
    articles
        With ``article_id``, ``outlet``, ``title`` and the ``text`` that was read.
    quotes
        As ``find_quotes`` or ``name_speakers(...).quotes`` gives them.
    article_id
        Of the article.

    Raises
    ------
    DataError
        When a column is missing, or no article has that id.
    """
    check_articles(articles, needs=("outlet", "title", "text"), unique=False)
    rows = articles[articles["article_id"] == article_id]
    if rows.empty:
        raise DataError(f"no article has the article_id {article_id!r}; take one from `articles`")
    article = rows.iloc[0]
    own = quotes[quotes["article_id"] == article_id]
    pieces = list(cut(str(article["text"]), own))
    speakers = list(dict.fromkeys(speaker or NOBODY for _, kind, speaker in pieces if kind))
    number = {speaker: place for place, speaker in enumerate(speakers, start=1)}
    title = f"Who speaks in \u201c{article['title'] or article_id}\u201d"
    caption = f"{title} ({article['outlet']}, {article_id})"
    key = "".join(
        f'<mark style="{MARK}{style}">{NAMES[kind]}</mark>{" · " if kind != "scare" else ""}'
        for kind, style in STYLES.items()
    )
    legend = describe_pieces(pieces, number)
    page = (
        f'<div class="voices"><p class="caption">{escape(caption)}</p>\n'
        f'<p class="note">Own words are plain; {key}. The number names the speaker, below.</p>\n'
        f'<div class="whole" style="white-space:pre-wrap">{mark(pieces, number)}</div>\n'
        f'<p class="note">{escape(legend)}</p></div>'
    )
    plain = "".join(
        f"[{NAMES[kind]} {number[speaker or NOBODY]}: {text}]" if kind else text
        for text, kind, speaker in pieces
    )
    return Shown(
        {"text/html": page, "text/plain": visible("\n".join([caption, plain, legend]))},
        {"text/html": {"kind": "voices", "caption": caption}},
    )


def cut(text: str, quotes: pd.DataFrame) -> Iterator[Piece]:
    """Give the text in pieces of one voice; a quotation lies above what is reported around it."""
    layers = {"indirect": 0, "direct": 1, "scare": 2}
    rows = [
        (layers[kind], max(int(start), 0), min(int(end), len(text)), kind, str(speaker))
        for start, end, kind, speaker in zip(
            quotes["start"], quotes["end"], quotes["kind"], quotes["speaker"], strict=True
        )
    ]
    voice: list[tuple[str, str, int]] = [("", "", 0)] * len(text)
    for stretch, (_, start, end, kind, speaker) in enumerate(sorted(rows), start=1):
        voice[start:end] = [(kind, speaker, stretch)] * (end - start)
    at = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or voice[place] != voice[at]:
            yield text[at:place], voice[at][0], voice[at][1]
            at = place


def mark(pieces: list[Piece], number: dict[str, int]) -> str:
    """Mark up each voice by a line of its own kind, and its speaker by a number."""
    return "".join(
        f'<mark style="{MARK}{STYLES[kind]}" title="{escape(speaker or NOBODY)}, {NAMES[kind]}">'
        f"{escape(text)}</mark><sup>{number[speaker or NOBODY]}</sup>"
        if kind
        else escape(text)
        for text, kind, speaker in pieces
    )


def describe_pieces(pieces: list[Piece], number: dict[str, int]) -> str:
    """Name the speakers by their numbers, and say how much of the text is the outlet's own."""
    if not number:
        return "Nobody is quoted or reported in this article."
    told = []
    for speaker, place in number.items():
        times = sum(bool(kind) and (of or NOBODY) == speaker for _, kind, of in pieces)
        told.append(f"{place} {speaker} ({plural(times, 'passage')})")
    own = sum(len(text) for text, kind, _ in pieces if kind in ("", "scare"))
    whole = sum(len(text) for text, _, _ in pieces)
    return f"{own / whole:.0%} of the characters are the outlet's own words. {'; '.join(told)}."
