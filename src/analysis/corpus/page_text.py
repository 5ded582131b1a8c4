"""The text of a page, revised block by block: what does not belong goes, what was missed comes."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.block_features import Reading
from analysis.corpus.evidence import Evidence, runs_of, words_of

# A line goes below this chance, and a block that the other extractor left out comes in above it.
EVEN = 0.5
# A revision that would leave less than this share of the words is none; where one would add more
# than this share in blocks that are of another kind than the article's prose, it has to be sure of
# each of these.
LEAST_LEFT, MOST_ADDED, SURE = 0.4, 0.4, 0.9
SAME = 0.5  # share of a block's or a line's runs from which one is found in the other
MOST_HOLDERS = 50  # blocks by which a run of words is found; a run in more of them finds nothing
AHEAD = 40  # blocks over which a line may be looked for without the page's order being doubted

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """A line of a text and the blocks of the page that it holds, with the words shared."""

    text: str
    words: tuple[str, ...]
    place: int
    blocks: dict[int, int]


def revise(evidence: Evidence, shift: Numbers | None = None) -> str:
    """Judge the lines of a page's text, and the blocks that it lacks.

    Parameters
    ----------
    evidence
        The blocks of the page, the text, and the statements about it.
    shift
        Log-odds to be added for each block, from other pages of the outlet.

    Returns
    -------
    str
        The text without its headline and without lines that are the page's, with the blocks that
        are the article's all the same; the text as it was where that would take most of it.
    """
    if not evidence.blocks or not evidence.base.strip():
        return evidence.base
    reading = Reading(evidence)
    chance = judge(reading, shift)
    lines = [line for line in align(evidence.base, reading) if not _is_elsewhere(line, reading)]
    kept = [line for line in lines if _stays(line, reading, chance)]
    if sum(len(line.words) for line in kept) < LEAST_LEFT * sum(len(line.words) for line in lines):
        return evidence.base
    missed = _missed(lines, reading, chance)
    alike = reading.columns["kind of prose"] > 0
    other = [number for number in missed if not alike[number]]
    if reading.size[other].sum() > MOST_ADDED * sum(len(line.words) for line in lines):
        missed = [number for number in missed if alike[number] or chance[number] > SURE]
    return "\n".join(_merge(kept, missed, reading))


def judge(reading: Reading, shift: Numbers | None = None) -> Numbers:
    """Give each block's chance of being the article's."""
    constants, weights = _weights(tuple(reading.columns))
    odds = reading.table() @ weights + constants
    odds = np.where(reading.base > SAME, odds[:, 1], odds[:, 0])
    odds = np.clip(odds + (0 if shift is None else shift), -30, 30)
    return np.where(reading.elsewhere, 0.0, 1 / (1 + np.exp(-odds)))


@cache
def _weights(names: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    source = files("analysis") / "lexicons" / "page_weights.csv"
    table = csv.DictReader(
        line for line in source.read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    )
    rows = {row["feature"]: (float(row["outside"]), float(row["inside"])) for row in table}
    return np.array(rows["(constant)"]), np.array([rows[name] for name in names])


def align(text: str, reading: Reading) -> Iterator[Line]:
    """Find the lines of a text among the blocks of its page, if possible in the page's order."""
    whole: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, words in enumerate(reading.words):
        whole[tuple(words)].append(number)
    holding: dict[tuple[str, ...], list[int]] = {}
    place, far = -1, AHEAD + len(reading.blocks) // 3
    for line in text.split("\n"):
        spelt = tuple(words_of(line))
        if not spelt:
            continue
        if spelt in whole:
            copies = whole[spelt]
            first = copies[bisect_right(copies, place) % len(copies)]
            mine = {first: len(spelt)}
        else:
            holding = holding or _index(reading)
            found = _holders(spelt, holding, reading)
            first = min((number for number in found if number > place), default=-1)
            first = first if first >= 0 else min(found, default=place)
            mine = {number: share for number, share in found.items() if number >= first}
        if mine and first > place and (place < 0 or first - place < far):
            place = max(mine) if len(mine) <= AHEAD else first
        yield Line(line, spelt, place, mine)


def _index(reading: Reading) -> dict[tuple[str, ...], list[int]]:
    """Give the first blocks that hold each run of words."""
    holding: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, runs in enumerate(reading.runs):
        for run in runs:
            here = holding[run]
            if len(here) < MOST_HOLDERS:
                here.append(number)
    return holding


def _holders(
    words: Sequence[str], holding: Mapping[tuple[str, ...], list[int]], reading: Reading
) -> dict[int, int]:
    """Find the blocks of which a line holds the most, or that hold most of the line."""
    runs = runs_of(words)
    shared = Counter(number for run in runs for number in holding.get(run, ()))
    return {
        number: count
        for number, count in shared.items()
        if count >= SAME * min(len(reading.runs[number]), len(runs))
    }


def _stays(line: Line, reading: Reading, chance: Numbers) -> bool:
    if not line.blocks:
        return True
    first = min(line.blocks)
    if len(line.blocks) == 1 and reading.titles[first] and first <= reading.first:
        return False
    words = sum(line.blocks.values())
    mean = sum(chance[number] * share for number, share in line.blocks.items()) / words
    return bool(mean >= EVEN)


def _is_elsewhere(line: Line, reading: Reading) -> bool:
    return bool(line.blocks) and all(reading.elsewhere[number] for number in line.blocks)


def _missed(lines: Sequence[Line], reading: Reading, chance: Numbers) -> list[int]:
    """List the blocks that the text lacks and that are likely the article's, each text once."""
    found = {number for line in lines for number in line.blocks}
    seen = {line.words for line in lines}
    missed = []
    for number in np.flatnonzero((chance > EVEN) & (reading.base < SAME) & ~reading.titles):
        words = tuple(reading.words[number])
        if words and number not in found and words not in seen:
            seen.add(words)
            missed.append(int(number))
    return missed


def _merge(kept: Sequence[Line], missed: Sequence[int], reading: Reading) -> Iterator[str]:
    """Put the missed blocks where the page has them."""
    waiting = list(reversed(missed))
    for line in kept:
        while waiting and waiting[-1] < line.place:
            yield reading.blocks[waiting.pop()].text
        yield line.text
    yield from (reading.blocks[number].text for number in reversed(waiting))
