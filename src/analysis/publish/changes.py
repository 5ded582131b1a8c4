"""What changed from one issue of a report to the next: beyond chance, or in how it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.publish.moves import find_changes
from analysis.publish.results import Results
from analysis.report.sentences import interval, times
from analysis.wording import listed, plural

HEALTH = ["level", "check", "outlet", "what"]
WORDS = {"own": "In its own words", "quoted": "In what it quotes", "any": "In its articles"}
MOST = 5  # sentences of a kind; the table has the rest


def describe_changes(
    before: Results, after: Results, *, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[str]:
    """Say what changed between two issues, in the order in which a reader needs it.

    Parameters
    ----------
    before, after
        What the two issues found.
    old, new
        How they were made: ``versions``, ``parameters``, ``code``.

    Returns
    -------
    list of str
        A change of method first, as it may be behind every other; changes in the corpus's health
        last.
    """
    moves = find_changes(before, after)
    return [
        *describe_method(old, new),
        *describe_outlets(before["outlets"], after["outlets"]),
        *describe_term_moves(moves["terms"], before["terms"], after["terms"]),
        *describe_topic_moves(moves["topics"]),
        *describe_voice_moves(moves["voices"]),
        *describe_naming_moves(moves["naming"]),
        *describe_omission_moves(moves["omissions"]),
        *describe_health(before["health"], after["health"]),
    ]


def describe_method(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Say that an issue was made in another way than the one before."""
    versions = [
        f"{name} {old['versions'].get(name, 'none')} → {version}"
        for name, version in new["versions"].items()
        if old["versions"].get(name) != version
    ]
    parts = versions or (["the package's code"] if old["code"] != new["code"] else [])
    if old["parameters"] != new["parameters"]:
        parts.append("parameters")
    if not parts:
        return []
    return [
        f"The method changed since the issue before ({listed(parts)}): a difference between the "
        "two may come from that and not from the news."
    ]


def describe_outlets(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Name the outlets that are new and those that are gone."""
    names = [set(frame["outlet"].astype(str)) for frame in (before, after)]
    said = []
    if new := sorted(names[1] - names[0]):
        said.append(f"New in this issue: {listed(new)}.")
    if gone := sorted(names[0] - names[1]):
        said.append(f"No longer in it: {listed(gone)}.")
    return said


def describe_health(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Say what newly blocks or qualifies comparisons, and what no longer does."""
    keys = [
        {
            (str(level), str(check), str(outlet)): str(what)
            for level, check, outlet, what in frame[HEALTH].itertuples(index=False)
        }
        for frame in (before, after)
    ]
    new = [what for key, what in keys[1].items() if key not in keys[0]]
    gone = [key for key in keys[0] if key not in keys[1]]
    said = [f"New about the corpus: {what}" for what in new[:MOST]]
    if len(new) > MOST:
        said.append(f"{plural(len(new) - MOST, 'further remark')} about the corpus.")
    if gone:
        checks = sorted({f"{check}{f' ({outlet})' if outlet else ''}" for _, check, outlet in gone})
        said.append(f"No longer a remark about the corpus: {listed(checks)}.")
    return said


def describe_term_moves(
    moves: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame
) -> list[str]:
    """Say which terms an outlet came to use more or less often beside the others."""
    if before.empty or after.empty:
        return ["Terms cannot be compared with the issue before: one of the two has no comparison."]
    if moves.empty:
        return ["No term moved beyond its interval since the issue before."]
    return tell(moves, "term", say_term)


def describe_topic_moves(moves: pd.DataFrame) -> list[str]:
    """Say which topics an outlet came to give more or less room beside the others."""
    return tell(moves, "topic share", say_topic)


def describe_voice_moves(moves: pd.DataFrame) -> list[str]:
    """Say whom an outlet came to let speak more or less beside the others."""
    return tell(moves, "speaker's share", say_voice)


def describe_naming_moves(moves: pd.DataFrame) -> list[str]:
    """Say which name for a thing an outlet came to use more or less beside the others."""
    return tell(moves, "name's share", say_name)


def describe_omission_moves(moves: pd.DataFrame) -> list[str]:
    """Say what an outlet came to leave out of shared events, more or less beside the others."""
    return tell(moves, "share left out", say_omission)


def tell(moves: pd.DataFrame, noun: str, say: Callable[[pd.Series[Any]], str]) -> list[str]:
    """Tell the largest moves in a sentence each, and how many more there are."""
    said = [say(row) for _, row in moves.head(MOST).iterrows()]
    more = len(moves) - MOST
    if more > 0:
        intervals = "its interval" if more == 1 else "their intervals"
        said.append(f"{plural(more, f'further {noun}')} moved beyond {intervals}.")
    return said


def say_term(row: pd.Series[Any]) -> str:
    """Say in one sentence how a term moved."""
    return (
        f"“{row['term']}” in {row['outlet']}: {factor(row['estimate'])} as often as in the others "
        f"({interval(row)}), {factor(row['estimate_before'])} in the issue before "
        f"({interval(earlier(row))})."
    )


def say_topic(row: pd.Series[Any]) -> str:
    """Say in one sentence how the share of a topic moved."""
    return f"{row['outlet']} gives “{row['label']}” {in_points(row)}"


def say_voice(row: pd.Series[Any]) -> str:
    """Say in one sentence how the share of a speaker moved."""
    return f"Of its quoted words, {row['outlet']} gives {row['speaker']} {in_points(row)}"


def say_name(row: pd.Series[Any]) -> str:
    """Say in one sentence how the share of a name moved."""
    called = f"{row['outlet']} calls “{row['concept']}” “{row['variant']}”"
    return f"{WORDS[row['voice']]}, {called} {in_points(row)}"


def say_omission(row: pd.Series[Any]) -> str:
    """Say in one sentence how the share of what is left out moved."""
    return (
        f"Of the items “{row['what']}” in events that others cover too, {row['outlet']} leaves out "
        f"{in_points(row)}"
    )


def in_points(row: pd.Series[Any]) -> str:
    """Write a difference of shares now and before, with its intervals."""
    return (
        f"{points(row['estimate'])} points beside the others (95 % interval {points(row['low'])} "
        f"to {points(row['high'])}), {points(row['estimate_before'])} in the issue before "
        f"({points(row['low_before'])} to {points(row['high_before'])})."
    )


def factor(log_odds: float) -> str:
    """Write a log-odds ratio in words: ``3.1 times``."""
    return f"{times(log_odds)} times"


def points(share: float) -> str:
    """Write a difference of shares in points, with its sign."""
    return f"{100 * share:+.0f}"


def earlier(row: pd.Series[Any]) -> pd.Series[Any]:
    """Give the interval of the issue before under the names of this one's."""
    return pd.Series({"low": row["low_before"], "high": row["high_before"]})
