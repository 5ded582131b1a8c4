"""Words and phrases of furniture in a block of a page: subscriptions, rights, what to read next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from analysis.corpus.furniture import LineFeatures, line_features

Column = NDArray[np.floating[Any]]

WORD_GROUPS = (
    "networks", "joining", "rights", "onward", "replies", "filing", "pictures", "selling",
    "consent", "playing", "reaching", "writing",
)  # fmt: skip
SHORT = 12  # words
LONG_WORD, CAUTION = 5, 2  # letters; words reckoned in that are not shared
FEWEST_LETTERS, MOST_LETTERS = 3, 14  # of a beginning


def word_features(
    blocks: Sequence[Sequence[str]], size: Column, prose: Column
) -> dict[str, Column]:
    """Describe each block by the words that furniture uses, and by those that the prose uses."""
    counts = [count_words(words) for words in blocks]
    columns: dict[str, Column] = {}
    for group in WORD_GROUPS:
        here = np.array([group in count for count in counts], float)
        columns[f"{group}, short"] = here * (size <= SHORT)
        columns[f"{group}, long"] = here * (size > SHORT)
    columns["groups of furniture"] = np.minimum([len(count) for count in counts], 4.0)
    columns["words shared"] = share_words(blocks, prose)
    columns["words shared, long"] = columns["words shared"] * (size > SHORT)
    return columns


def phrase_features(texts: Sequence[str]) -> dict[str, Column]:
    """Describe each block by the English phrases by which `clean` knows furniture."""
    phrases = _phrases()
    found = phrases.find_cues(texts)
    groups = np.zeros((len(texts), len(phrases.groups)))
    for number, cues in enumerate(found):
        groups[number, list(cues.groups)] = 1
    return {
        "cued": np.array([cues.share for cues in found], float),
        "starts with cue": np.array([cues.starts for cues in found], float),
        **{f"phrase: {name}": groups[:, at] for at, name in enumerate(phrases.groups)},
    }


@cache
def _phrases() -> LineFeatures:
    return line_features()


def count_words(words: Sequence[str]) -> dict[str, int]:
    """Count the words of each group among words in lower case."""
    whole, first = _lexicon()[0], _first_words()
    pairs = (f"{one} {two}" for one, two in pairwise(words) if one in first)
    counts = Counter(group for word in words for group in _groups(word))
    counts.update(group for pair in pairs for group in whole.get(pair, ()))
    return dict(counts)


@cache
def _first_words() -> frozenset[str]:
    """Give the first words of the pairs in the lexicon."""
    return frozenset(entry.split()[0] for entry in _lexicon()[0] if " " in entry)


@lru_cache(maxsize=100_000)
def _groups(word: str) -> tuple[str, ...]:
    """Give the groups to which a word belongs."""
    whole, beginnings = _lexicon()
    sizes = range(FEWEST_LETTERS, min(len(word), MOST_LETTERS) + 1)
    starts = (beginnings[word[:size]] for size in sizes if word[:size] in beginnings)
    return whole.get(word) or next(starts, ())


def share_words(blocks: Sequence[Sequence[str]], prose: Column) -> Column:
    """Give the share of each block's longer words that stand in other blocks of prose."""
    own = [{word for word in words if len(word) >= LONG_WORD} for words in blocks]
    known = Counter(w for mine, is_prose in zip(own, prose, strict=True) if is_prose for w in mine)
    shares = [
        sum(known[word] > is_prose for word in mine) / (len(mine) + CAUTION)
        for mine, is_prose in zip(own, prose, strict=True)
    ]
    return np.array(shares, float)


@cache
def _lexicon() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Give the groups of each whole word or pair, and of each beginning."""
    source = files("analysis") / "lexicons" / "page_words.yml"
    groups: dict[str, list[str]] = yaml.safe_load(source.read_text(encoding="utf-8"))
    whole: dict[str, tuple[str, ...]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    for group, words in groups.items():
        for word in words:
            table = beginnings if word.endswith("*") else whole
            key = " ".join(re.findall(r"\w+", word))
            table[key] = (*table.get(key, ()), group)
    return whole, beginnings
