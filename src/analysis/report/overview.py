"""What there is and how far it can be trusted, in words: the corpus, its days, its calibration."""

from __future__ import annotations

import pandas as pd

from analysis.report.wire import describe_wire
from analysis.wording import day, listed, plural


def describe_corpus(articles: pd.DataFrame, *, by: str = "outlet") -> list[str]:
    """Say how much there is, from whom and when, what is agency copy, and what makes it unsure."""
    sizes = articles[by].value_counts()
    dates = articles["published"].dropna()
    when = ""
    if len(dates):
        first, last = day(dates.min()), day(dates.max())
        when = f", {first}" if first == last else f", {first} to {last}"
    said = [f"{plural(len(articles), 'article')} of {plural(len(sizes), by)}{when}."]
    undated = len(articles) - len(dates)
    if undated:
        said.append(f"{plural(undated, 'article')} {'has' if undated == 1 else 'have'} no date.")
    said += [small for small in [warn_small(sizes)] if small]
    return said + (describe_wire(articles, by=by) if "wire" in articles else [])


def warn_small(sizes: pd.Series[int]) -> str:
    """Say which groups are too small for their results to mean much; empty if none is."""
    few = sizes[sizes < 10]
    if few.empty:
        return ""
    if (sizes < 2).all():
        return (
            "There is one article an outlet: nothing can be inferred about the outlets. The report "
            "shows the articles side by side, but no difference between them means anything."
        )
    names = [f"{name} ({number})" for name, number in few.items()]
    return (
        f"Fewer than ten articles: {listed(names)}. "
        "Only very large differences can be told from chance there."
    )


def describe_dates(per_day: pd.DataFrame) -> str:
    """Say what the figure of articles a day shows: the span, and each outlet's longest gap."""
    if per_day.empty:
        return "No article has a date, so that no days can be drawn."
    said = [f"Articles a day from {day(per_day.index[0])} to {day(per_day.index[-1])}."]
    gaps = {outlet: longest_gap(per_day[outlet]) for outlet in per_day.columns}
    widest = max(gaps, key=lambda outlet: gaps[outlet])
    if gaps[widest] > 1:
        said.append(
            f"The longest gap is {plural(gaps[widest], 'day')} without an article of {widest}."
        )
    return " ".join(said)


def longest_gap(per_day: pd.Series[int]) -> int:
    """Count the days of the longest run without any article."""
    empty = per_day == 0
    runs = empty.groupby((~empty).cumsum()).sum()
    return int(runs.max())


def describe_calibration(table: pd.DataFrame) -> list[str]:
    """Say how often the comparison announced a difference where there was none.

    Parameters
    ----------
    table
        As ``calibrate`` gives it, a row per group; groups too small have no numbers.
    """
    tested = table[table["runs"] > 0]
    if tested.empty:
        return ["No outlet has enough articles to be dealt into halves: nothing was calibrated."]
    runs = plural(int(tested["runs"].sum()), "comparison")
    mean = tested.mean(numeric_only=True)
    return [
        f"In {runs} of random halves of one outlet, where every difference is chance, "
        f"{mean['share_p05']:.1%} of the words had p below .05 (expected: 5 %).",
        f"{mean['runs_with_any']:.0%} of them announced any word at a false-discovery rate of 5 %, "
        f"on average {mean['discoveries']:.1f} words. The log-likelihood test would have announced "
        f"{mean['discoveries_g2']:.1f} words, log-odds with a prior "
        f"{mean['discoveries_log_odds']:.1f}.",
    ]
