"""Every version of every article that a source ever held: late, corrected and withdrawn ones."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.corpus.schema import DataError
from analysis.publish.periods import Period
from analysis.wording import plural

VERSION_COLUMNS = ("key", "version", "seen", "superseded", "withdrawn")
MOST_LOST = 0.1  # of a period's articles that a source may lose between two runs
FEW_LOST = 5  # that it may lose in any case


def update_archive(
    archive: pd.DataFrame | None, articles: pd.DataFrame, *, now: pd.Timestamp
) -> pd.DataFrame:
    """Enter what a source holds now.

    Parameters
    ----------
    archive
        What the last run returned; None at the first.
    articles
        As ``load`` gives them.
    now
        The moment of the run, UTC without time zone.

    Returns
    -------
    pandas.DataFrame
        A row per version: the columns of the articles; ``key`` (the address, where it is the only
        article with it, else the ``article_id``); ``version`` (of title, text and date); ``seen``
        (first); ``superseded`` (a newer version came); ``withdrawn`` (the source lost it).
        Nothing is ever taken out. Rows stand in the order in which they came.
    """
    found = articles.assign(
        key=key_articles(articles),
        version=hash_versions(articles),
        seen=now,
        superseded=None,
        withdrawn=None,
    ).astype(dict.fromkeys(("seen", "superseded", "withdrawn"), "datetime64[us]"))
    if archive is None or archive.empty:
        return found.reset_index(drop=True)
    archive = archive.copy()
    live = archive["superseded"].isna()
    known = archive.loc[live].set_index("key")["version"]
    before = found["key"].map(known)
    is_new = (before != found["version"]).to_numpy()
    corrected = set(found.loc[is_new & before.notna().to_numpy(), "key"])
    here = archive["key"].isin(found["key"])
    archive.loc[live & archive["key"].isin(corrected), "superseded"] = now
    archive.loc[live & here, "withdrawn"] = pd.NaT
    archive.loc[live & ~here & archive["withdrawn"].isna(), "withdrawn"] = now
    return pd.concat([archive, found[is_new]], ignore_index=True)


def key_articles(articles: pd.DataFrame) -> pd.Series[str]:
    """Name each article so that a corrected version has the same name."""
    urls = articles["url"].fillna("").astype("str")
    alone = (urls != "") & ~urls.duplicated(keep=False)
    return urls.where(alone, articles["article_id"].astype("str"))


def hash_versions(articles: pd.DataFrame) -> list[str]:
    """Name each version of an article by what it says."""
    parts = zip(articles["title"].fillna(""), articles["text"], articles["published"], strict=True)
    return [
        hashlib.sha256("\0".join(map(str, part)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        for part in parts
    ]


def current(archive: pd.DataFrame) -> pd.Series[bool]:
    """Mark the newest version of each article that the source still holds."""
    return archive["superseded"].isna() & archive["withdrawn"].isna()


def select_articles(archive: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Give the articles of a period as a report reads them; ``file`` is where each came from."""
    chosen = archive[current(archive) & period.holds(archive["published"])]
    articles = chosen.drop(columns=list(VERSION_COLUMNS)).rename(columns={"origin": "file"})
    return articles.sort_values("article_id", kind="stable").reset_index(drop=True)


def check_losses(before: pd.DataFrame | None, after: pd.DataFrame, period: Period) -> None:
    """Refuse a source that has lost many of a period's articles since the last run.

    Raises
    ------
    DataError
        Where over a tenth, and more than five, are gone: a folder may be half copied.
    """
    if before is None:
        return
    held = before[current(before) & period.holds(before["published"])]["key"]
    left = set(after.loc[current(after), "key"])
    lost = [key for key in held if key not in left]
    if len(lost) > max(FEW_LOST, MOST_LOST * len(held)):
        raise DataError(
            f"the source has lost {len(lost):,} of the {plural(len(held), 'article')} of "
            f"{period.words} that it held at the last run (the first: {lost[0]}); if a copy was "
            "under way, publish again; if they were withdrawn, publish with --accept-losses"
        )


def describe_versions(
    archive: pd.DataFrame, period: Period, *, since: pd.Timestamp | None
) -> list[str]:
    """Say what happened to a period's articles after its issue was first published."""
    if since is None:
        return []
    mine = archive[period.holds(archive["published"]).to_numpy()]
    newer = mine["superseded"].isna() & (mine["seen"] > since)
    corrected = mine["superseded"] > since
    late = newer & ~mine["key"].isin(mine.loc[corrected, "key"])
    counts = {
        "came late": int(late.sum()),
        "was replaced by a corrected version": int(corrected.sum()),
        "was withdrawn": int((mine["superseded"].isna() & (mine["withdrawn"] > since)).sum()),
    }
    return [
        f"{plural(number, 'article')} {what if number == 1 else what.replace('was ', 'were ')}."
        for what, number in counts.items()
        if number
    ]


def first_day(archive: pd.DataFrame, timezone: ZoneInfo) -> date | None:
    """Give the day of the earliest article in a time zone."""
    earliest = archive.loc[current(archive), "published"].min()
    if pd.isna(earliest):
        return None
    moment: datetime = earliest.tz_localize("UTC").tz_convert(timezone)
    return moment.date()
