"""Voices as tables and figures for readers."""

from __future__ import annotations

import math

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.report.figures import draw_shares
from analysis.report.panels import STYLE, draw_nothing, grid, room_for, shorten
from analysis.report.sentences import LEVEL


def tabulate_voices(
    table: pd.DataFrame, *, by: str = "outlet", of: str = "speaker"
) -> pd.DataFrame:
    """Lay out who is heard in each group, most room first.

    Parameters
    ----------
    table
        As ``compare_voices`` gives it.
    by, of
        What was compared.

    Returns
    -------
    pandas.DataFrame
        A row per group and speaker heard there: ``% of quoted words``, ``% in the others``, ``low``
        and ``high`` of the difference in points, ``q``; ``articles`` of how many, ``% direct`` of
        the words, ``heard first`` (articles), ``place`` (median, 0 top to 1 end).
    """
    rows = table[table["heard"] > 0]
    rows = rows.sort_values([by, "share"], ascending=[True, False], kind="stable")
    return pd.DataFrame(
        {
            by: rows[by],
            of: rows[of],
            "% of quoted words": 100 * rows["share"],
            "% in the others": 100 * rows["share_rest"],
            "low": 100 * rows["low"],
            "high": 100 * rows["high"],
            "q": rows["q"],
            "articles": [
                f"{heard:,} of {n:,}"
                for heard, n in zip(rows["heard"], rows["n_articles"], strict=True)
            ],
            "% direct": 100 * rows["direct"],
            "heard first": rows["first"],
            "place": rows["place"],
        }
    ).reset_index(drop=True)


def tabulate_cues(table: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Lay out a comparison of reporting words: how many times as often, with its interval."""
    rows = table[(table["count"] + table["count_rest"]) > 0]
    columns = {by: rows[by]}
    if "side" in rows:
        columns |= {"side": rows["side"], "against": rows["other"]}
    columns |= {
        "introduced": rows["term"],
        "times": np.exp(rows["estimate"].where(rows["count_rest"] > 0)),
        "low": np.exp(rows["low"]),
        "high": np.exp(rows["high"]),
        "q": rows["q"],
        "words": rows["count"],
        "against words": rows["count_rest"],
        "articles": rows["n_articles"],
        "against articles": rows["n_articles_rest"],
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def tabulate_people(people: pd.DataFrame, *, most: int = 30) -> pd.DataFrame:
    """Lay out the speakers of a corpus: who they are, under which names, in how many articles."""
    rows = people[people["kind"] != "group"].head(most)
    return rows[["name", "kind", "country", "roles", "variants", "n_articles"]].rename(
        columns={"n_articles": "articles"}
    )


def tabulate_unheard(table: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Lay out who is never heard in a group: on how many events, and how rarely at the most.

    ``at most`` is the upper bound of the group's rate, as a multiple of the others'.
    """
    return pd.DataFrame(
        {
            by: table[by],
            "speaker": table["speaker"],
            "events": table["n_events"],
            "heard in": table["heard_in"],
            "at most": np.exp(table["high"].astype(float)),
            "q": table["q"],
        }
    )


def compare_own_and_quoted(
    whole: pd.DataFrame,
    own: pd.DataFrame,
    quoted: pd.DataFrame,
    *,
    by: str = "outlet",
    most: int = 5,
) -> pd.DataFrame:
    """Lay the clearest terms of all text beside the same terms in one voice alone.

    Parameters
    ----------
    whole, own, quoted
        As ``compare_terms`` gives them for all words, for the outlet's own and for quoted ones.
    by
        The column that was compared.
    most
        Terms a group.

    Returns
    -------
    pandas.DataFrame
        The `by` column and ``term``; for each voice how many ``times`` as often as in the others,
        with ``low`` and ``high`` (``times`` is missing where the others never use it, all three
        where the voice lacks the term); ``carried by``: the voices in which the difference is
        beyond chance.
    """
    certain = whole[(whole["q"] <= LEVEL) & (whole["low"] > 0)]
    rows = certain.groupby(by, observed=True).head(most)[[by, "term"]]
    rows = rows.sort_values(by, kind="stable").astype("str")
    found = rows.reset_index(drop=True)
    carried: list[list[str]] = [[] for _ in range(len(found))]
    keys = {by: "str", "term": "str"}
    for voice, table in (("all", whole), ("own voice", own), ("quoted", quoted)):
        told = table[table["term"].isin(rows["term"])].astype(keys)  # of very many terms some
        part = rows.merge(told, on=[by, "term"], how="left")
        best = part["estimate"].where(part["count_rest"] > 0)
        for name, values in (("times", best), ("low", part["low"]), ("high", part["high"])):
            found[f"{voice}: {name}"] = np.exp(values.to_numpy())
        sure = ((part["q"] <= LEVEL) & (part["low"] > 0)).to_numpy()
        for names, is_sure in zip(carried, sure, strict=True):
            names += [voice] if is_sure and voice != "all" else []
    found["carried by"] = [" and ".join(names) or "neither alone" for names in carried]
    return found


def plot_voices(
    table: pd.DataFrame, *, by: str = "outlet", of: str = "speaker", most: int = 8
) -> Figure:
    """Draw each speaker's share of quoted words by group.

    Parameters
    ----------
    table
        As ``compare_voices`` gives it.
    by, of
        What was compared.
    most
        Speakers, those heard in most articles.

    Returns
    -------
    matplotlib.figure.Figure
        A panel a speaker: a dot for the group's share (full if it differs from the others'), a mark
        for the others', a line for the 95 % interval of the difference, around the mark.
    """
    names = list(dict.fromkeys(table[of]))[:most]
    if not names:
        return draw_nothing("nobody with a name is quoted")
    groups = sorted(table[by].unique())
    drawn = table[table[of].isin(names)]
    bounds = (drawn["share_rest"] + drawn["high"]).replace(np.inf, np.nan).max()
    reach = max(bounds if math.isfinite(bounds) else 0, float(drawn["share"].max())) * 1.08
    with mpl.rc_context(STYLE):
        left = room_for(map(shorten, groups))
        figure, panels = grid(len(names), height=0.22 * len(groups), left=left, right=0.25)
        for axes, name in zip(panels, names, strict=True):
            rows = drawn[drawn[of] == name].set_index(by).reindex(groups[::-1])
            draw_shares(axes, rows, reach)
            axes.set_title(shorten(name), fontsize=10)
        figure.supxlabel(
            "share of an article's quoted words (dot), 95 % interval (line), the others (mark)",
            fontsize=10,
            y=0.06 / figure.get_figheight(),
            va="bottom",
        )
    return figure
