"""The folder of a published report: a way in, a page a notebook, and everything to download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from analysis.report.cells import to_csv
from analysis.report.display import Shown, show_table
from analysis.report.overview import describe_corpus
from analysis.report.render import Block, Page, read_output, render_page
from analysis.wording import plural

Facts = list[tuple[str, str]]
SECTIONS = [
    ("findings", "What the comparisons found"),
    ("method", "How far the comparisons can be trusted"),
    ("corpus", "What was compared"),
    ("left-out", "What was left out"),
    ("downloads", "Downloads"),
]


class CorpusLike(Protocol):
    """What a report needs to know of a prepared corpus."""

    @property
    def articles(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def removed(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def rejected(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def set_aside(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def fingerprint(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class About:
    """What every page of a report says of it.

    Attributes
    ----------
    title
        Of the report.
    built
        The day, in words.
    corpus
        The corpus's name.
    software
        Versions, as a sentence without its full stop.
    commit, fingerprint
        Of the code (empty if unknown), and of the corpus as it was prepared.
    blocking
        What in the corpus blocks a comparison, in sentences; each page says it first.
    changes
        What is new since the issue before, in sentences; empty for a report of its own.
    """

    title: str
    built: str
    corpus: str
    software: str
    commit: str
    fingerprint: str
    blocking: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    def facts(self, parameters: Mapping[str, Any]) -> Facts:
        """Give what stands below a page's title."""
        values = "; ".join(
            f"{name.replace('_', ' ')}: {spell(value)}" for name, value in parameters.items()
        )
        facts = [("Corpus", self.corpus), ("Built", self.built)]
        return [*facts, ("Parameters", values)] if values else facts


def spell(value: object) -> str:
    """Write a parameter's value for readers."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value) if value != "" else "none"


def write_site(
    folder: Path,
    about: About,
    corpus: CorpusLike,
    *,
    pages: Sequence[Page],
    parameters: Mapping[str, Mapping[str, Any]],
) -> None:
    """Write the pages and the tables of a report.

    Parameters
    ----------
    folder
        Empty or not there yet.
    about
        What every page says.
    corpus
        What was compared.
    pages
        One a notebook, in reading order.
    parameters
        By page, the values it was made with, without the corpus.
    """
    (folder / "tables").mkdir(parents=True)
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        facts = about.facts(parameters[page.stem])
        html = render_page(page, about=about, facts=facts, previous=before, next=after)
        write_text(folder / f"{page.stem}.html", html)
        write_tables(folder, page)
    compared = [shown_block(outlet_table(corpus.articles))]
    left_out = [shown_block(shown) for shown in left_out_tables(corpus)]
    sections = [("changes", "What changed"), *SECTIONS] if about.changes else SECTIONS
    index = Page("index", about.title, sections, [*compared, *left_out])
    everything = {name: value for given in parameters.values() for name, value in given.items()}
    html = render_page(
        index,
        about=about,
        facts=about.facts(everything),
        lede=describe_corpus(corpus.articles),
        pages=pages,
        reliability=[block for page in pages for block in page.reliability],
        compared=compared,
        left_out=left_out,
        left_out_words=left_out_words(corpus),
    )
    write_text(folder / "index.html", html)
    write_tables(folder, index)


def write_tables(folder: Path, page: Page) -> None:
    """Write the downloads of a page."""
    for block in page.downloads:
        write_text(folder / "tables" / f"{page.stem}-{block.name}.csv", block.csv)


def write_text(path: Path, text: str) -> None:
    """Write a file, the same bytes on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def shown_block(shown: Shown) -> Block:
    """Turn an output of ours into a piece of a page."""
    return read_output(shown.data, shown.metadata, stem="index")


def outlet_table(articles: pd.DataFrame) -> Shown:
    """Show how many articles of each outlet there are, and from when."""
    table = articles.groupby("outlet", observed=True).agg(
        articles=("article_id", "size"), first=("published", "min"), last=("published", "max")
    )
    for name in ("first", "last"):
        table[name] = pd.to_datetime(table[name]).dt.normalize()
    table = table.sort_values("articles", ascending=False, kind="stable").reset_index()
    return show_table(table, caption="Articles by outlet", name="outlets")


def left_out_words(corpus: CorpusLike) -> list[str]:
    """Say how much of the corpus is not compared."""
    n_kept = int(corpus.set_aside["kept"].sum()) if "kept" in corpus.set_aside else 0
    n_files, n_articles = len(corpus.set_aside) - n_kept, len(corpus.rejected)
    n_spans = len(corpus.removed)
    words = []
    if n_files:
        were = "was" if n_files == 1 else "were"
        words.append(f"{plural(n_files, 'record')} could not be read and {were} set aside.")
    if n_kept:
        faults = "has a fault and was" if n_kept == 1 else "have a fault and were"
        words.append(f"{plural(n_kept, 'record')} {faults} compared all the same.")
    if n_articles:
        were = "was" if n_articles == 1 else "were"
        words.append(f"{plural(n_articles, 'article')} {were} rejected as a whole.")
    if n_spans:
        within = corpus.removed["article_id"].nunique()
        words.append(
            f"{plural(n_spans, 'passage')} that no reporter wrote, in {plural(within, 'article')}, "
            "stayed out of all counts."
        )
    return words or ["Nothing: every record was read, and no passage was taken out."]


def left_out_tables(corpus: CorpusLike) -> list[Shown]:
    """Show what was left out, by reason."""
    tables = []
    if len(corpus.set_aside):
        tables.append(
            show_table(corpus.set_aside, caption="Records with a fault", name="set-aside")
        )
    if len(corpus.rejected):
        tables.append(by_reason(corpus.rejected, "Rejected articles", "rejected"))
    if len(corpus.removed):
        tables.append(by_reason(corpus.removed, "Passages taken out of articles", "removed"))
    return tables


def by_reason(rows: pd.DataFrame, caption: str, name: str) -> Shown:
    """Count rows by reason; the rows themselves are the download."""
    counts = rows["reason"].value_counts().sort_values(ascending=False, kind="stable")
    table = counts.rename_axis("reason").reset_index(name="number")
    shown = show_table(table, caption=f"{caption}, by reason", name=name)
    whole = rows.drop(columns="text", errors="ignore")  # the articles themselves are not ours
    return Shown({**shown.data, "text/csv": to_csv(whole)}, shown.metadata)
