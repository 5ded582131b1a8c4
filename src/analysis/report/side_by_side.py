"""One event as its outlets tell it: articles next to each other, what they share numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.compare.claims import align_sentences
from analysis.corpus.schema import DataError, check_articles
from analysis.prepared_corpus import Corpus
from analysis.report.cells import escape, visible
from analysis.report.display import Shown
from analysis.report.side_by_side_text import Passage, passages_of, plain_text, write_text
from analysis.text.wire_selection import is_repeat
from analysis.wording import plural

Claims = dict[int, list[tuple[int, int]]]

NO_ID = re.compile(r"[^A-Za-z0-9]+")
MOST_ARTICLES = 8
MOST_LETTERS = 4_000  # of an article; a report holds several and must open on a phone
MOST_CLAIMS = 40
# So many other articles say which words are rare; more hardly change it.
BACKGROUND = 300
COLUMNS = (
    "display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr))"
)
LEGEND = (
    "A number leads to the list of what several outlets say; ◇ stands before a sentence that none "
    "of the others has in similar words. Quoted words are in italics."
)


@dataclass(frozen=True)
class Column:
    """One article as it is shown.

    Attributes
    ----------
    outlet, title, facts
        What stands above it; facts are lines of plain text.
    passages
        Its text, in order.
    left_out
        Characters beyond the limit.
    """

    outlet: str
    title: str
    facts: list[str]
    passages: list[Passage]
    left_out: int


def show_side_by_side(news: Corpus, event_id: str, *, by: str = "outlet") -> Shown:
    """Show the articles on one event next to each other, on a phone below each other.

    Parameters
    ----------
    news
        A corpus with events (``Corpus.with_events``).
    event_id
        The event.
    by
        Column with the groups: of each the longest article is shown.

    Returns
    -------
    Shown
        At most eight articles with 4,000 characters each. Sentences that several outlets have in
        similar words (``align_sentences``) are numbered and linked; those without any counterpart
        are marked; direct quotations are set off; agency copy and truncated articles are named.

    Raises
    ------
    DataError
        When the corpus has no events, or none of that id.

    Notes
    -----
    Misleads when two outlets say the same in other words: both sentences are then marked as if
    they stood alone.
    """
    check_articles(news.articles, needs=("event_id", by, "text"))
    own = news.articles[news.articles["event_id"] == event_id]
    if own.empty:
        raise DataError(
            f"no article has the event_id {event_id!r}; take one from the column event_id of "
            "Corpus.articles"
        )
    chosen = choose_articles(own[~is_repeat(own)], by)
    aligned = align_chosen(chosen, news.articles, by)
    columns = [
        read_column(row, aligned[aligned["article_id"] == row["article_id"]], news.quotes, by)
        for _, row in chosen.iterrows()
    ]
    caption = f"How {plural(chosen[by].nunique(), by)} tell it, side by side"
    notes = [LEGEND, *left_out(own, chosen, columns)]
    anchor = f"side-{NO_ID.sub('-', event_id)}"
    page = write_page(columns, caption, notes, anchor)
    plain = "\n\n".join([caption, *[plain_text(c.outlet, c.title, c.passages) for c in columns]])
    return Shown(
        {"text/html": page, "text/plain": visible("\n".join([plain, *notes]))},
        {"text/html": {"kind": "side-by-side", "caption": caption}},
    )


def choose_articles(articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Keep the longest article of each group, for as many groups as may be shown."""
    size = articles["text"].str.len()
    ordered = articles.assign(size=size).sort_values(
        ["size", "article_id"], ascending=[False, True], kind="stable"
    )
    longest = ordered.drop_duplicates(by).head(MOST_ARTICLES)
    return longest.sort_values(by, kind="stable")


def align_chosen(chosen: pd.DataFrame, articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Align the sentences, with some other articles to tell which words are rare."""
    others = np.flatnonzero(articles["event_id"] != chosen["event_id"].iloc[0])
    places = np.unique(np.linspace(0, max(len(others) - 1, 0), BACKGROUND).astype(int))
    background = articles.iloc[others[places[: len(others)]]].assign(event_id="")
    # Each in an event of its own: nothing of the background is compared.
    background["event_id"] = [f"other {row}" for row in range(len(background))]
    event = chosen.assign(event_id="this")
    aligned = align_sentences(pd.concat([event, background], ignore_index=True), by=by)
    return aligned[aligned["event_id"] == "this"]


def read_column(row: pd.Series, aligned: pd.DataFrame, quotes: pd.DataFrame, by: str) -> Column:
    """Prepare one article."""
    text = str(row["text"])
    spoken = quotes[(quotes["article_id"] == row["article_id"]) & (quotes["kind"] == "direct")]
    shown = aligned[aligned["end"] <= max(MOST_LETTERS, aligned["end"].min())]
    end = int(shown["end"].max()) if len(shown) else 0
    facts = [day_of(row), agency_of(row)]
    if row.get("truncated", ""):
        facts.append("Only the beginning of this article was collected.")
    speakers = spoken.loc[spoken["speaker"] != "", "speaker"].value_counts(sort=True)
    if len(speakers):
        named = [f"{name} ({number})" for name, number in sorted(speakers.items(), key=by_number)]
        facts.append(f"Quoted: {', '.join(named)}.")
    passages = passages_of(
        text[:end], shown, list(zip(spoken["start"], spoken["end"], strict=True))
    )
    title = str(row.get("title", "") or row["article_id"])
    return Column(
        str(row[by]), title, [fact for fact in facts if fact], passages, len(text.rstrip()) - end
    )


def by_number(item: tuple[object, int]) -> tuple[int, str]:
    """Sort speakers by how often they are quoted, then by name."""
    return -item[1], str(item[0])


def day_of(row: pd.Series) -> str:
    """Write the day of an article."""
    published = row.get("published")
    return "undated" if pd.isna(published) else f"{published:%Y-%m-%d}"


def agency_of(row: pd.Series) -> str:
    """Say whose text it is, where it is not the outlet's."""
    if row.get("wire", "own") == "own":
        return ""
    agency = row.get("wire_agency", "") or "not named"
    partly = ", edited" if row["wire"] == "edited wire" else ""
    return f"Agency copy{partly}: {agency}."


def left_out(own: pd.DataFrame, chosen: pd.DataFrame, columns: list[Column]) -> list[str]:
    """Say what of the event is not shown."""
    notes = []
    if len(own) > len(chosen):
        notes.append(f"{len(chosen)} of {plural(len(own), 'article')} on this event are shown.")
    if any(column.left_out for column in columns):
        notes.append(f"Long articles are cut after about {MOST_LETTERS:,} characters.")
    return notes


def write_page(columns: list[Column], caption: str, notes: list[str], anchor: str) -> str:
    """Write the claims that are shared, then the articles."""
    shared = find_shared(columns)
    articles = "\n".join(
        f'<section aria-label="{escape(f"{column.outlet}: {column.title}")}" style="min-width:0">'
        f'<p style="margin:0"><b>{escape(column.outlet)}</b><br>'
        f"<cite>{escape(column.title)}</cite></p>"
        f'<p class="note">{"<br>".join(map(escape, column.facts))}</p>\n'
        '<div style="white-space:pre-line;overflow-wrap:anywhere">'
        f"{write_text(column.passages, f'{anchor}-{place}', anchor, shared.keys())}"
        f"{' …' if column.left_out else ''}</div></section>"
        for place, column in enumerate(columns)
    )
    below = "".join(f'<p class="note">{escape(note)}</p>' for note in notes)
    return (
        f'<div class="side-by-side"><p class="caption">{escape(caption)}</p>\n{below}'
        f'{write_shared(shared, columns, anchor)}<div style="{COLUMNS}">\n{articles}\n</div></div>'
    )


def find_shared(columns: list[Column]) -> Claims:
    """Find the claims that two columns have, each with the places of its sentences."""
    places: Claims = {}
    for place, column in enumerate(columns):
        for number, passage in enumerate(column.passages):
            if passage.claim:
                places.setdefault(passage.claim, []).append((place, number))
    outlets = {
        claim: len({columns[place].outlet for place, _ in told}) for claim, told in places.items()
    }
    most = sorted(
        (claim for claim in places if outlets[claim] > 1),
        key=lambda claim: (-outlets[claim], claim),
    )
    return {claim: places[claim] for claim in sorted(most[:MOST_CLAIMS])}


def write_shared(shared: Claims, columns: list[Column], anchor: str) -> str:
    """List what several outlets say: each claim once, with links to where it stands."""
    if not shared:
        return '<p class="note">No sentence of these articles is like one of another outlet.</p>'
    items = []
    for claim, told in shared.items():
        links = ", ".join(
            f'<a href="#{anchor}-{place}-{number}">{escape(columns[place].outlet)}</a>'
            for place, number in told
        )
        first, number = told[0]
        words = escape(" ".join(columns[first].passages[number].text.split()))
        items.append(f'<li id="{anchor}-c{claim}" value="{claim}"><q>{words}</q><br>{links}</li>')
    listing = "\n".join(items)
    count = plural(len(shared), "claim")
    return (
        f"<details><summary><b>What they share</b> <span>({count})</span></summary>"
        f"<ol>\n{listing}\n</ol></details>\n"
    )
