"""What outlets call the same things: figures, sentences and tables."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.compare.naming_lexicon import NamingLexicon
from analysis.report.panels import BLUE, GREY, ORANGE, STYLE, draw_nothing, grid, room_for, shorten
from analysis.report.sentences import LEVEL
from analysis.report.tables import ratio
from analysis.wording import listed, plural

TITLE = 32  # characters that a panel has room for
VOICES = {
    "own": ("in its own voice", BLUE, "o"),
    "quoted": ("in quotations", ORANGE, "s"),
    "any": ("in any voice", BLUE, "o"),
}


def find_certain(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of a comparison of names that are above the others' beyond chance.

    The clearest row of every concept comes first, then the second ones, and so on.
    """
    certain = table[(table["q"] <= LEVEL) & (table["low"] > 0)]
    turn = certain.groupby("concept", observed=True, sort=False).cumcount()
    ordered: pd.DataFrame = certain.iloc[turn.to_numpy().argsort(kind="stable")]
    return ordered


def plot_naming(
    table: pd.DataFrame, *, concept: str = "", by: str = "outlet", n_panels: int = 8
) -> Figure:
    """Draw each name's share by group, own voice and quotations beside each other.

    Parameters
    ----------
    table
        As ``compare_naming`` gives it, best row first.
    concept
        A panel for each of its names; without it the names that differ most clearly.
    by
        The column that was compared.
    n_panels
        Most panels.

    Returns
    -------
    matplotlib.figure.Figure
        A mark for the share of all uses of the concept (a round one: own voice; a square:
        quotations), a line for its 95 % interval; hollow where it may be chance.
    """
    rows = table[table["concept"] == concept] if concept else find_certain(table)
    keys = rows.drop_duplicates(["concept", "variant"])[["concept", "variant"]].head(n_panels)
    if keys.empty:
        return draw_nothing("no name differs by more than chance allows")
    groups = sorted(table[by].unique())[::-1]
    with mpl.rc_context(STYLE):
        left = room_for(map(shorten, groups))
        figure, panels = grid(len(keys), height=0.3 * len(groups), left=left, right=0.3)
        for axes, (of, variant) in zip(panels, keys.itertuples(index=False), strict=True):
            chosen = table[(table["concept"] == of) & (table["variant"] == variant)]
            draw_shares_by_voice(axes, chosen, by, groups)
            title = variant if concept else f"{variant} ({of})"
            axes.set_title(title if len(title) <= TITLE else f"{title[: TITLE - 1]}…", fontsize=9.5)
        figure.supxlabel(
            "share of the thing's names: own voice (round), quotations (square), 95 % interval",
            fontsize=10,
            y=0.06 / figure.get_figheight(),
            va="bottom",
        )
    return figure


def draw_shares_by_voice(axes: Axes, rows: pd.DataFrame, by: str, groups: list[str]) -> None:
    """Draw one name: a row a group, a mark a voice."""
    voices = [voice for voice in VOICES if voice in set(rows["voice"])]
    for place, voice in enumerate(voices):
        _, colour, marker = VOICES[voice]
        some = rows[rows["voice"] == voice]
        heights = some[by].map(groups.index) + 0.16 * (len(voices) - 1) - 0.32 * place
        low, high = some["share_low"], some["share_high"]
        axes.hlines(heights, low, high, color=GREY, linewidth=1.6, zorder=1)
        differs = (some["q"] <= LEVEL).to_numpy()
        for marks, fill in ((differs, colour), (~differs, "white")):
            axes.plot(
                some["share"].to_numpy()[marks], heights.to_numpy()[marks], marker, color=colour,
                markerfacecolor=fill, markersize=5, zorder=2, clip_on=False,
            )  # fmt: skip
    axes.set_yticks(np.arange(len(groups)), list(map(shorten, groups)))
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.7, len(groups) - 0.3)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))


def describe_name(row: pd.Series[Any], *, by: str = "outlet") -> str:
    """Say in one sentence what a row of ``compare_naming`` shows, with its interval."""
    how = VOICES[row["voice"]][0]
    name, thing, group = f"“{row['variant']}”", f"“{row['concept']}”", row[by]
    if row["articles"] < 2 or row["articles_rest"] < 1:
        return f"Nothing can be inferred from this alone: {say_uses(row, by=by)}"
    shares = (
        f"{row['share']:.0%} of {plural(row['total'], 'use')} {how} (95 % interval "
        f"{row['share_low']:.0%} to {row['share_high']:.0%}; {row['n_articles']:,} of "
        f"{plural(row['articles'], 'article')}), the others in {row['share_rest']:.0%} of "
        f"{row['total_rest']:,} ({row['n_articles_rest']:,} of {row['articles_rest']:,})"
    )
    if row["q"] > LEVEL or row["low"] <= 0 <= row["high"]:
        return f"No difference can be shown for {thing}: {group} writes {name} in {shares}."
    return f"For {thing}, {group} writes {name} in {shares}{one_event(row)}."


def say_uses(row: pd.Series[Any], *, by: str = "outlet") -> str:
    """Say what stands in the articles, without any comparison."""
    return (
        f"for “{row['concept']}”, {row[by]} writes “{row['variant']}” "
        f"{plural(row['count'], 'time')} of {row['total']:,} {VOICES[row['voice']][0]} "
        f"({plural(row['articles'], 'article')})."
    )


def one_event(row: pd.Series[Any]) -> str:
    """Warn where a name may come from one occasion."""
    events = row["n_events"]
    known = pd.notna(events) and row["n_articles"] > 1
    return "; all of these articles are about one event" if known and events == 1 else ""


def describe_naming(table: pd.DataFrame, *, by: str = "outlet", most: int = 16) -> list[str]:
    """Say what a comparison of names shows: the clearest names first, and what it cannot show.

    Parameters
    ----------
    table
        As ``compare_naming`` gives it, best row first.
    by
        The column that was compared.
    most
        The most sentences on single names; twice as many where nothing can be compared.

    Returns
    -------
    list of str
        At least one sentence.
    """
    if table.empty:
        return ["No concept of the lexicon is named by two groups that can be compared."]
    n_concepts = table["concept"].nunique()
    if table["articles"].max() < 2:
        shown = [say_uses(row, by=by) for _, row in found_once(table).head(2 * most).iterrows()]
        shown = [f"{sentence[0].upper()}{sentence[1:]}" for sentence in shown]
        return [
            f"Nothing can be inferred about what each {by} calls things: none has more than one "
            "article that names the same thing. What stands in these articles:",
            *shown,
        ]
    certain = find_certain(table)
    chosen = certain.head(most)
    said = [describe_name(row, by=by) for _, row in chosen.iterrows()]
    different = set(certain["concept"])
    if len(different) > len(set(chosen["concept"])):
        more = sorted(different - set(chosen["concept"]))
        said.append(f"Names differ beyond chance for {listed([f'“{name}”' for name in more])} too.")
    quiet = n_concepts - len(different)
    if quiet:
        said.append(
            f"For {quiet:,} of the {plural(n_concepts, 'concept')} that are named no group differs "
            "from the others by more than chance allows (false-discovery rate 5 %)."
        )
    return said


def found_once(table: pd.DataFrame) -> pd.DataFrame:
    """Keep rows with uses; the concepts with most names first, each concept's rows together."""
    used = table[table["count"] > 0]
    names = used.groupby("concept", observed=True)["variant"].transform("nunique")
    uses = used.groupby("concept", observed=True)["count"].transform("sum")
    return used.assign(names=names, uses=uses).sort_values(
        ["names", "uses", "concept", "count"], ascending=[False, False, True, False], kind="stable"
    )


def tabulate_naming(table: pd.DataFrame, *, by: str = "outlet", concept: str = "") -> pd.DataFrame:
    """Lay a comparison of names out for readers.

    Parameters
    ----------
    table
        As ``compare_naming`` gives it.
    by
        The column that was compared.
    concept
        Only this one; without it all, concept by concept.

    Returns
    -------
    pandas.DataFrame
        The names that a group uses, or uses clearly less than the others: ``concept``, the `by`
        column, ``voice``, ``name``; ``share`` of the group's uses of the
        concept with ``share low`` and ``share high`` (95 %), ``others' share``, ``q``; ``uses`` and
        ``articles``, of how many.
    """
    rows = table[table["concept"] == concept] if concept else table
    rows = rows[(rows["count"] > 0) | (rows["q"] <= LEVEL)]
    first = {name: place for place, name in enumerate(dict.fromkeys(rows["concept"]))}
    rows = rows.assign(place=rows["concept"].map(first)).sort_values(
        ["place", by, "voice", "share"], ascending=[True, True, True, False], kind="stable"
    )
    columns = {
        "concept": rows["concept"],
        by: rows[by],
        "voice": rows["voice"],
        "name": rows["variant"],
        "share": rows["share"].astype(float),
        "share_low": rows["share_low"].astype(float),
        "share_high": rows["share_high"].astype(float),
        "others'_share": rows["share_rest"].astype(float),
        "q": rows["q"].astype(float),
        "uses": ratio(rows["count"], rows["total"]),
        "articles": ratio(rows["n_articles"], rows["articles"]),
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def tabulate_lexicon(lexicon: NamingLexicon, table: pd.DataFrame) -> pd.DataFrame:
    """List the names that a comparison found: what each signals, and who says so.

    Returns
    -------
    pandas.DataFrame
        ``concept, name, forms, note, signals, source``.
    """
    chosen = lexicon.take(dict.fromkeys(table["concept"]))
    used = set(zip(table["concept"], table["variant"], strict=True))
    rows = [
        (concept.name, variant.name, ", ".join(variant.forms), variant.note, concept.signals,
         concept.source)
        for concept in chosen.concepts
        for variant in concept.variants
        if (concept.name, variant.name) in used
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["concept", "name", "forms", "note", "signals", "source"])
