"""What tells an article's blocks from the page's: their shape, their place, their company."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.block_kinds import kind_features
from analysis.corpus.block_markup import markup_features
from analysis.corpus.block_signs import sign_features
from analysis.corpus.block_tree import mark_other_articles, tree_features
from analysis.corpus.block_words import phrase_features, word_features
from analysis.corpus.blocks import Block
from analysis.corpus.evidence import RUN, Evidence, Witness, count_words, runs_of, words_of

Column = NDArray[np.floating[Any]]

MOST_WORDS = 60  # a block counts for no more than so many words of its container
ALL_LINKED, HALF_LINKED, ALL_STRONG = 0.85, 0.5, 0.85
FARTHEST = 60  # blocks
_ENDS = re.compile(r"[.!?…。！？।][\"'”’»)\]]*$")


class Reading:
    """The features of a page's blocks, by name; `table` gives them as a matrix."""

    def __init__(self, evidence: Evidence) -> None:
        self.blocks = evidence.blocks
        self.words = [words_of(block.text) for block in self.blocks]
        self.runs = [runs_of(words) for words in self.words]
        self.size = np.array([count_words(words) for words in self.words], float)
        self.base = self._shares(evidence.base)
        self.ends = self._column(lambda block: bool(_ENDS.search(block.text)))
        self.linked = self._column(lambda block: block.linked)
        self.prose = _number((self.base > 0.6) & (self.size >= 12) & (self.ends > 0)) * (
            self.linked < HALF_LINKED
        )
        self.titles = self._titles(evidence.title)
        inside = np.flatnonzero(self.prose)
        self.first = int(inside[0]) if len(inside) else 0
        self.last = int(inside[-1]) if len(inside) else len(self.blocks) - 1
        self.elsewhere = mark_other_articles(self.blocks, self.titles, self.size * self.base)
        self.columns: dict[str, Column] = {}
        self._shape()
        self._markup()
        self._statements(evidence)
        self._place()
        self._company()
        self._neighbours()
        self._tree()
        self._kinds()
        self._words()
        self._distance()

    def table(self) -> Column:
        """Give a row per block and a column per feature."""
        return np.column_stack(list(self.columns.values()))

    def _column(self, read: Callable[[Block], Any]) -> Column:
        return np.array([float(read(block)) for block in self.blocks])

    def _shares(self, text: str) -> Column:
        witness = Witness(text)
        pairs = zip(self.words, self.runs, strict=True)
        return np.array([witness.share(words, runs) for words, runs in pairs], float)

    def _titles(self, title: str) -> NDArray[np.bool_]:
        """Mark the blocks that are the headline, give or take a word."""
        known = set(words_of(title))
        marks = []
        for words in self.words:
            here = set(words)
            alike = len(here & known) >= 0.6 * len(here | known)
            marks.append(bool(known) and alike and (len(words) >= RUN or here == known))
        return np.array(marks, bool)

    def _shape(self) -> None:
        """Length, ending, links, print and characters."""
        size, ends, linked = self.size, self.ends, self.linked
        add = self.columns
        add["log words"] = np.log1p(size)
        add |= {f"words <= {most}": _number(size <= most) for most in (1, 3, 6, 24)}
        add["ends"], add["ends, long"] = ends, ends * (size > 10)
        add["no end, short"] = (1 - ends) * (size <= 12)
        add["linked"], add["half linked"] = linked, _number(linked > HALF_LINKED)
        add["all linked"] = _number(linked > ALL_LINKED)
        add["linked, ends"] = ends * (linked > 0.4)
        add["strong"] = self._column(lambda block: block.strong > ALL_STRONG)
        add |= sign_features([block.text for block in self.blocks], size, linked)
        times = Counter(block.text for block in self.blocks)
        add["again in the page"] = self._column(lambda block: times[block.text] > 1)

    def _markup(self) -> None:
        """Elements around a block, and what their names say."""
        self.columns |= markup_features(self.blocks)
        self.columns["list, linked"] = self.columns["is li"] * self.columns["all linked"]

    def _statements(self, evidence: Evidence) -> None:
        """Read what the other extractor and the page's metadata say about a block."""
        add, stated = self.columns, self._shares(evidence.stated)
        there = 1.0 if (stated > 0.8).any() else 0.0
        add["base"] = self.base
        add["base, short"] = self.base * (self.size <= 4)
        add["base, linked"] = self.base * add["all linked"]
        add["base, teaser"] = add["base, linked"] * add["near related"]
        add["body stated"] = _number(np.full(len(self.blocks), bool(there)))
        add["not in stated body"] = there * (stated < 0.3)
        add["title"] = _number(self.titles)
        described = set(runs_of(words_of(evidence.description)))
        add["description"] = np.array(
            [
                len(words) > 4 and sum(run in described for run in runs) > 0.7 * len(runs)
                for words, runs in zip(self.words, self.runs, strict=True)
            ],
            float,
        )

    def _place(self) -> None:
        """Before, inside or behind the stretch of the article's plain paragraphs."""
        add, at = self.columns, np.arange(len(self.blocks), dtype=float)
        first, last = self.first, self.last
        add["before"], add["after"] = _number(at < first), _number(at > last)
        add["description before"] = add["description"] * add["before"]
        add["far before"] = np.log1p(np.maximum(first - at, 0))
        add["far after"] = np.log1p(np.maximum(at - last, 0))
        heads = [n for n in range(first) if self.titles[n] or self.blocks[n].tag == "h1"]
        below = add["before"] * (at > heads[-1]) if heads else np.zeros(len(at))
        add["below the title"] = below
        add["standfirst"] = below * (self.size >= 8) * (self.size < 70) * (self.linked < 0.3)
        add["how far through"] = np.clip((at - first) / max(1, last - first), 0, 1)
        add["at the end"] = _number((at > last - 2) & (at <= last))
        add["linked, after"] = add["all linked"] * add["after"]
        add["short, after"] = add["after"] * (self.size <= 12)

    def _company(self) -> None:
        """How much the other extractor kept of what stands in the same container."""
        add = self.columns
        holders = [block.holder for block in self.blocks]
        for name, keys in (
            ("holder", holders),
            ("signature", [block.signature for block in self.blocks]),
        ):
            shares = self._share_of_others(keys)
            add[name] = np.maximum(shares, 0)
            add[f"{name} alone"] = _number(shares < 0)
            add[f"{name} outside"] = _number(shares == 0)
        weight = np.minimum(self.size, MOST_WORDS) * self.base
        held: defaultdict[int, float] = defaultdict(float)
        for holder, words in zip(holders, weight, strict=True):
            held[holder] += words
        whole = float(weight.sum()) or 1.0
        add["share in holder"] = np.array([held[holder] / whole for holder in holders])
        add["sentence in holder"] = (
            add["holder"] * self.ends * (self.size >= 8) * (self.linked < HALF_LINKED)
        )

    def _share_of_others(self, keys: Iterable[Hashable]) -> Column:
        """Give the share kept of the other blocks with the same key; -1 where there is none."""
        keys = list(keys)
        weights = np.minimum(self.size, MOST_WORDS)
        whole: defaultdict[Hashable, float] = defaultdict(float)
        kept: defaultdict[Hashable, float] = defaultdict(float)
        for key, weight, share in zip(keys, weights, self.base, strict=True):
            whole[key] += weight
            kept[key] += weight * share
        shares = []
        for key, weight, share in zip(keys, weights, self.base, strict=True):
            others = whole[key] - weight
            shares.append((kept[key] - weight * share) / others if others > 0 else -1.0)
        return np.array(shares)

    def _neighbours(self) -> None:
        """Look one and two blocks before and behind."""
        add = self.columns
        short = _number(self.size <= 6)
        for step in (1, 2, -1, -2):
            where = f"{'before' if step > 0 else 'behind'} {abs(step)}"
            add[f"base {where}"] = _shifted(self.base, step)
            add[f"all linked {where}"] = _shifted(add["all linked"], step)
            add[f"prose {where}"] = _shifted(self.prose, step)
            add[f"short {where}"] = _shifted(short, step)
        add["between prose"] = add["prose before 1"] * add["prose behind 1"]
        add["heading over prose"] = add["is heading"] * add["prose behind 1"]
        add["colon over links"] = add["colon"] * add["all linked behind 1"]

    def _tree(self) -> None:
        """Add the way through the page's tree to the container of the article."""
        weight = np.minimum(self.size, MOST_WORDS) * self.base
        self.columns |= tree_features(self.blocks, weight)

    def _kinds(self) -> None:
        """Add how much of the article is of a block's kind."""
        self.columns |= kind_features(self.blocks, self.size, self.prose, self.linked)

    def _words(self) -> None:
        """Add words of furniture, and words shared with the article and its headline."""
        add, size = self.columns, self.size
        add |= word_features(self.words, size, self.prose)
        add |= phrase_features([block.text for block in self.blocks])
        add["furniture, after"] = add["groups of furniture"] * add["after"]
        head = {w for n in np.flatnonzero(self.titles) for w in self.words[n] if len(w) >= 4}
        add["words of the title"] = np.log1p([len(head & set(words)) for words in self.words])

    def _distance(self) -> None:
        """Add the place by words, and the distance to plain paragraphs before and behind."""
        add, at = self.columns, np.arange(len(self.size))
        kept = np.minimum(self.size, 200) * self.base
        through = np.cumsum(kept) / (kept.sum() or 1.0)
        add["words before"], add["words left"] = through, 1 - through
        add["first tenth"], add["last tenth"] = _number(through < 0.1), _number(through > 0.9)
        for name, column in (("before", self.prose), ("behind", self.prose[::-1])):
            last = np.maximum.accumulate(np.where(column > 0, at, -FARTHEST))
            earlier = np.concatenate([[-FARTHEST], last[:-1]])
            gap = np.log1p(np.minimum(at - earlier, FARTHEST))
            add[f"gap {name}"] = gap if name == "before" else gap[::-1]


def _number(marks: NDArray[np.bool_]) -> Column:
    return marks.astype(float)


def _shifted(column: Column, step: int) -> Column:
    moved = np.zeros(len(column))
    if abs(step) < len(column):
        if step > 0:
            moved[step:] = column[:-step]
        else:
            moved[:step] = column[-step:]
    return moved
