"""One article as it was loaded, with what was removed from it struck through."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.corpus.schema import DataError
from analysis.prepared_corpus import Corpus
from analysis.report.cells import escape, visible
from analysis.report.display import Shown
from analysis.wording import plural


def show_removed(corpus: Corpus, article_id: str) -> Shown:
    """Show an article's loaded text, the removed spans struck through, each with its reason.

    Parameters
    ----------
    corpus
        As ``prepare`` gives it.
    article_id
        Of any loaded article, also of one that was rejected as a whole.

    Raises
    ------
    DataError
        When no article has that id.

    Notes
    -----
    The text is as it was loaded, before damaged characters were mended.
    """
    rows = corpus.loaded[corpus.loaded["article_id"] == article_id]
    if rows.empty:
        raise DataError(
            f"no loaded article has the article_id {article_id!r}; take one from Corpus.loaded"
        )
    article = rows.iloc[0]
    cuts = corpus.removed[corpus.removed["article_id"] == article_id]
    pieces = list(_pieces(str(article["text"]), cuts))
    reasons = sorted({reason for _, reason in pieces if reason})
    number = {reason: place for place, reason in enumerate(reasons, start=1)}
    title = f"What was removed from \u201c{article['title'] or article_id}\u201d"
    caption = f"{title} ({article['outlet']}, {article_id})"
    legend = _legend(pieces, number)
    page = (
        f'<div class="struck"><p class="caption">{escape(caption)}</p>\n'
        f'<div class="whole" style="white-space:pre-wrap">{_strike(pieces, number)}</div>\n'
        f'<p class="note">{escape(legend)}</p></div>'
    )
    plain = "".join(f"[-{text}-]({number[reason]})" if reason else text for text, reason in pieces)
    return Shown(
        {"text/html": page, "text/plain": visible("\n".join([caption, plain, legend]))},
        {"text/html": {"kind": "removed", "caption": caption}},
    )


def _pieces(text: str, cuts: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Give the text in pieces, each with the reason for its removal; kept ones have none."""
    at = 0
    ordered = cuts.sort_values(["start", "end"], kind="stable")
    for start, end, reason in zip(ordered["start"], ordered["end"], ordered["reason"], strict=True):
        start, end = max(int(start), at), int(end)
        if start < end:
            struck = text[start:end].strip() or text[start:end]
            first = text.index(struck, start)  # white space around it is not struck through
            yield text[at:first], ""
            yield struck, str(reason)
            at = first + len(struck)
    yield text[at:], ""


def _strike(pieces: list[tuple[str, str]], number: dict[str, int]) -> str:
    """Mark up what was removed: by its element, a line through it, and the reason's number."""
    return "".join(
        f'<del title="{escape(reason)}">{escape(text)}</del><sup>{number[reason]}</sup>'
        if reason
        else escape(text)
        for text, reason in pieces
    )


def _legend(pieces: list[tuple[str, str]], number: dict[str, int]) -> str:
    if not number:
        return "Nothing was removed from this article."
    cut = sum(len(text) for text, reason in pieces if reason)
    whole = sum(len(text) for text, _ in pieces)
    told = []
    for reason, place in number.items():
        times = sum(of == reason for _, of in pieces)
        told.append(f"{place} {reason} ({plural(times, 'passage')})")
    return f"Struck through and removed, {cut / whole:.0%} of the characters: {'; '.join(told)}."
