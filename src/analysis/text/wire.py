"""Which articles are an agency's, and which are the outlet's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from analysis.corpus.schema import check_articles
from analysis.text.credit_rules import credit_rules
from analysis.text.reuse import share_runs
from analysis.text.wire_credits import Credit, read_credit

WIRE_COLUMNS = ["origin", "agency", "reused_share", "source_id"]

# From half of its runs on an article is taken for a copy, from four fifths on for an unedited one;
# a few common runs (a formula, a short quotation) are no copy of anything.
EDITED_SHARE, WIRE_SHARE = 0.5, 0.8
LEAST_RUNS = 20

_PART_ORIGIN = {"all": "wire", "some": "edited wire", "": "own"}


def label_wire(articles: pd.DataFrame, *, credits: Sequence[Credit] | None = None) -> pd.DataFrame:
    """Label each article as the outlet's own, an agency's, or an agency's text edited.

    Parameters
    ----------
    articles
        One row per article, as **loaded**: ``article_id``, ``title`` and ``text``; ``outlet``,
        ``published`` and ``agency`` (what a page states) are read where they are. Cleaned texts
        have lost the credits that are read.
    credits
        What `read_credits` gives for these articles, where it was asked before.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``article_id``, in the articles' order:

        - ``origin``: ``"wire"`` where a dateline, byline, source line or closing credit names an
          agency as the author, or where four fifths of the text stand in such an article or in an
          earlier one of another outlet; ``"edited wire"`` where outlet and agency share the credit
          ("contributed to this report", "staff and wire reports"), or half of the text stands
          there; else ``"own"``.
        - ``agency``: its short name (AP, Reuters, ...), the name as written if it is not listed,
          empty for own articles and where none is named.
        - ``reused_share``: 0 to 1, the share of the article's runs of five words that stand in the
          source; what was measured in this corpus, so 0 for wire copy that stands here once.
        - ``source_id``: that source, empty if there is none in the corpus.

    Raises
    ------
    DataError
        When a column is missing, an ``article_id`` is not unique, or a text is not a string.
    OSError
        When the folder for temporary files is full (see ``find_reuse``).

    Notes
    -----
    An article of an agency on its own site is its own. Of copies without any credit in several
    outlets the earliest dated one counts as own and the others as copies of it; where the dates do
    not tell which came first, all of them are labelled, since at most one outlet can have written
    the text.

    Misleads when an outlet takes the credit away and no copy is in the corpus, keeps a dateline on
    a text it has rewritten, or two outlets print the same speech; and with a contribution's
    credit, which tells nothing of how much was contributed.
    """
    check_articles(articles, needs=("title", "text"))
    frame = _with_outlets(articles)
    labels = _credit_labels(frame, _credits(frame) if credits is None else credits)
    sources = _best_sources(_pairs(frame, labels))
    labels.loc[sources.index, "reused_share"] = sources["share"]
    labels.loc[sources.index, "source_id"] = frame["article_id"].loc[sources["other"]].array
    copies = sources[labels["origin"].loc[sources.index].eq("own") & sources["is_copy"]]
    labels.loc[copies.index, "origin"] = np.where(
        copies["share"] >= WIRE_SHARE, "wire", "edited wire"
    )
    labels.loc[copies.index, "agency"] = labels["source_agency"].loc[copies["other"]].array
    return labels[WIRE_COLUMNS].set_axis(pd.Index(frame["article_id"]), axis=0)


def read_credits(articles: pd.DataFrame) -> list[Credit]:
    """Read the credit in each article, as loaded; each by itself."""
    return _credits(_with_outlets(articles))


def _credits(frame: pd.DataFrame) -> list[Credit]:
    columns = (frame[name] for name in ("title", "text", "outlet", "agency"))
    return [_credit(*row) for row in zip(*columns, strict=True)]


def _credit(title: str, text: str, outlet: str, stated: str) -> Credit:
    """Read the credit in an article, or take the listed agency that its page states."""
    credit = read_credit(title, text, partial(_is_own_name, outlet))
    agency = credit_rules().spellings.get(stated, "")
    if credit.part or not agency or _is_own_name(outlet, agency):
        return credit
    return Credit(agency, "all")


def _with_outlets(articles: pd.DataFrame) -> pd.DataFrame:
    outlets = articles.get("outlet", pd.Series("", index=articles.index))
    agencies = articles.get("agency", pd.Series("", index=articles.index))
    dates = articles.get("published", pd.Series(pd.NaT, index=articles.index))
    return pd.DataFrame(
        {
            "article_id": articles["article_id"].astype("str").array,
            "outlet": outlets.fillna("").astype("str").array,
            "published": pd.to_datetime(dates).array,
            "agency": agencies.fillna("").astype("str").array,
            "title": articles["title"].fillna("").reset_index(drop=True),
            # As a series, for an array of texts with half a surrogate pair would be encoded anew.
            "text": articles["text"].reset_index(drop=True),
        }
    )


def _credit_labels(frame: pd.DataFrame, credits: Sequence[Credit]) -> pd.DataFrame:
    """Label by credits alone; ``source_agency`` is whose text a copy of the article is."""
    own_agency = frame["outlet"].map({name: _agency_of(name) for name in set(frame["outlet"])})
    labels = pd.DataFrame(
        {
            "origin": [_PART_ORIGIN[credit.part] for credit in credits],
            "agency": _one_name([credit.agency for credit in credits]),
            "reused_share": 0.0,
            "source_id": "",
            "is_agency": own_agency.ne("").array,
        },
        index=frame.index,
    )
    sole = labels["origin"].eq("wire")
    labels["source_agency"] = labels["agency"].where(labels["origin"] != "own", own_agency)
    labels["is_agency_text"] = sole | labels["is_agency"]
    return labels


def _one_name(agencies: list[str]) -> list[str]:
    """Write an unlisted agency as its longest name: ``MERIDIAN`` as ``Meridian Wire``."""
    listed = set(credit_rules().spellings.values())
    words = {name: own for name in {*agencies} - listed if (own := _words(name))}
    alike: dict[str, list[str]] = defaultdict(list)  # by their first words, the longest first
    for name in sorted(words, key=lambda name: (-len(name), name)):
        alike[words[name][0]].append(name)
    longest = {
        name: next(one for one in alike[own[0]] if words[one][: len(own)] == own)
        for name, own in words.items()
    }
    return [longest.get(name, name) for name in agencies]


def _pairs(frame: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Find from which articles each may have its text: positions, share, and if it is a copy."""
    rows, others, share, runs = share_runs(frame)
    outlet = frame["outlet"].str.casefold().to_numpy(dtype=object)
    published = frame["published"].to_numpy()
    credited = labels["is_agency_text"].to_numpy()[others]
    apart = (outlet[rows] != outlet[others]) & (outlet[rows] != "") & (outlet[others] != "")
    # A missing date compares as false: then the order is not known.
    not_later = ~(published[others] > published[rows])
    labelled = labels["origin"].ne("own").to_numpy()[rows]
    is_agency = labels["is_agency"].to_numpy()[rows]
    is_source = ~is_agency & (credited | (apart & (not_later | labelled)))
    enough = (share >= EDITED_SHARE) & (runs >= LEAST_RUNS)
    return pd.DataFrame(
        {
            "row": rows[is_source],
            "other": others[is_source],
            "share": share[is_source],
            "is_copy": enough[is_source],
            "agency_first": (enough & credited)[is_source],
            "published": published[others[is_source]],
            "other_id": frame["article_id"].take(others[is_source]).array,
        }
    )


def _best_sources(pairs: pd.DataFrame) -> pd.DataFrame:
    """Choose for each article an agency's text if it is a copy of one, else what it shares most."""
    ordered = pairs.sort_values(
        ["row", "agency_first", "share", "published", "other_id"],
        ascending=[True, False, False, True, True],
        na_position="last",
    )
    return ordered.drop_duplicates("row").set_index("row")


def _is_own_name(outlet: str, agency: str) -> bool:
    """Tell whether an agency's name is the outlet's: ``CNN`` in ``CNN (Web News)``."""
    own = _words(outlet)
    return any(_is_within(own, name) or _is_within(name, own) for name in _spelt(agency) if own)


def _agency_of(outlet: str) -> str:
    """Give the listed agency whose own outlet this is; a domain counts by its first label."""
    own = _words(outlet)
    spellings = credit_rules().spellings
    names = (own, own[:1]) if re.search(r"\w\.\w+$", outlet) else (own,)
    return next((spellings[name] for name in spellings if _words(name) in names), "") if own else ""


def _spelt(agency: str) -> list[list[str]]:
    spellings = credit_rules().spellings
    return [_words(agency), *(_words(name) for name in spellings if spellings[name] == agency)]


def _words(name: str) -> list[str]:
    words = re.findall(r"[^\W_]+", name.casefold())
    return words[1:] if words[:1] == ["the"] else words


def _is_within(words: list[str], others: list[str]) -> bool:
    """Tell whether words stand side by side among others, or run together at their beginning."""
    size = len(words)
    together, all_others = "".join(words), "".join(others)
    return any(others[at : at + size] == words for at in range(len(others) - size + 1)) or (
        len(together) >= 4 and all_others.startswith(together)
    )
