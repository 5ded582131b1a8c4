"""One id per article over all files of a corpus."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.corpus.set_aside import Problem


def identify(parts: Sequence[pd.DataFrame]) -> tuple[list[pd.DataFrame], list[Problem]]:
    """Give every article an id that no other one has.

    An article without an id of its own gets its origin as id, which depends on neither the other
    files nor the place of the folder. A row that repeats an id of its own file, or an article of
    another file, is set aside. Where files number their rows each from 1, the ids of the later
    file get its name in front.

    Parameters
    ----------
    parts
        The articles of every file, in a fixed order.

    Returns
    -------
    parts, problems
        The same with unique ids, and an entry for every row left out.
    """
    result: list[pd.DataFrame] = []
    problems: list[Problem] = []
    taken: dict[str, tuple[int, int]] = {}
    for part in parts:
        kept = _within_file(part.assign(article_id=_with_ids(part)), problems)
        kept = _across_files(kept, (taken, result), problems)
        taken.update({name: (len(result), row) for row, name in enumerate(kept["article_id"])})
        result.append(kept)
    return result, problems


def _with_ids(part: pd.DataFrame) -> pd.Series:
    return part["article_id"].where(part["article_id"] != "", part["origin"])


def _within_file(part: pd.DataFrame, problems: list[Problem]) -> pd.DataFrame:
    again = part["article_id"].duplicated()
    if not again.any():
        return part
    first = part[~again].set_index("article_id")["origin"]
    for name, origin in zip(part.loc[again, "article_id"], part.loc[again, "origin"], strict=True):
        problems.append(_duplicate(origin, name, first[name]))
    return part[~again]


def _across_files(
    part: pd.DataFrame,
    earlier: tuple[dict[str, tuple[int, int]], list[pd.DataFrame]],
    problems: list[Problem],
) -> pd.DataFrame:
    taken, parts = earlier
    clash = np.array([name in taken for name in part["article_id"]], dtype=bool)
    if not clash.any():
        return part
    others = [taken[name] for name in part.loc[clash, "article_id"]]
    found = [parts[file].iloc[row] for file, row in others]
    same = [a == b["text"] for a, b in zip(part.loc[clash, "text"], found, strict=True)]
    repeated = part.index[clash][same]
    firsts = [other["origin"] for other, is_same in zip(found, same, strict=True) if is_same]
    for row, first in zip(repeated, firsts, strict=True):
        origin, name = part.loc[row, ["origin", "article_id"]]
        problems.append(_duplicate(origin, name, first))
    part = part.drop(index=repeated)
    if all(same) or part.empty:
        return part
    file = part["origin"].iloc[0].rpartition(":")[0] or part["origin"].iloc[0]
    problem = f"numbers its rows like {found[same.index(False)]['origin']}; ids begin with its name"
    problems.append(Problem(file, problem, "give every article an id of its own", kept=True))
    return part.assign(article_id=file + ":" + part["article_id"])


def _duplicate(origin: str, name: str, first: str) -> Problem:
    return Problem(
        origin,
        f"article_id {name!r} stands twice (first in {first})",
        "take the row out, or give every article an id of its own",
    )
