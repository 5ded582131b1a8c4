"""The template of an outlet's pages: what returns on them, and where their articles stand."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.block_features import Reading
from analysis.corpus.blocks import Block
from analysis.corpus.evidence import Evidence
from analysis.corpus.page_text import judge, revise

# A text on so many pages of the outlet, and on this share of them, is the outlet's and no
# article's; the log-odds are lowered by so much.
FEWEST_PAGES, SHARE_OF_PAGES, FURNITURE = 3, 0.2, 6.0
# Log-odds by which a place in the page counts: as many times those of its mean chance on the other
# pages; no place counts for more than the limit.
TRUST, LIMIT = 1.0, 3.0
CAUTION = 1.0  # pages without a preference that are reckoned in
MOST_WORDS = 60

Signature = tuple[str, ...]


def pack(evidence: Evidence) -> bytes:
    """Make a page's evidence small, to be kept until all pages of its outlet are read."""
    return zlib.compress(pickle.dumps(evidence), 1)


def unpack(packed: bytes) -> Evidence:
    """Give back what `pack` was given in this process; never for bytes from elsewhere."""
    evidence: Evidence = pickle.loads(zlib.decompress(packed))
    return evidence


class Template:
    """What was seen on the pages of one outlet."""

    def __init__(self) -> None:
        self._n_pages = 0  # that have blocks
        self._texts: Counter[int] = Counter()  # on how many pages each text stands
        self._numbers: dict[Signature, int] = {}  # of places in a page
        self._chances: list[dict[int, float]] = []  # by page: the mean chance in each place
        self._sums: defaultdict[int, float] = defaultdict(float)  # of these, by place
        self._counts: Counter[int] = Counter()  # pages that have a mean chance there

    def learn(self, evidence: Evidence) -> None:
        """Add a page."""
        chances = self._mean_chances(evidence) if evidence.blocks else {}
        self._chances.append(chances)
        for place, chance in chances.items():
            self._sums[place] += chance
        self._counts.update(chances.keys())
        self._texts.update({hash(block.text) for block in evidence.blocks})
        self._n_pages += bool(evidence.blocks)

    def _mean_chances(self, evidence: Evidence) -> dict[int, float]:
        """Give the mean chance of the blocks in each place, by their words."""
        numbers = self._numbers
        places = [numbers.setdefault(b.signature, len(numbers)) for b in evidence.blocks]
        reading = Reading(evidence)
        weights = np.minimum(reading.size, MOST_WORDS)
        found, own = np.unique(places, return_inverse=True)
        whole = np.bincount(own, weights)
        summed = np.bincount(own, weights * judge(reading))
        there = whole > 0
        means = summed[there] / whole[there]
        return dict(zip(found[there].tolist(), means.tolist(), strict=True))

    def shift(self, blocks: Sequence[Block], page: int) -> NDArray[np.float64]:
        """Give the log-odds to be added for the blocks of the page with this number."""
        least = max(FEWEST_PAGES, SHARE_OF_PAGES * self._n_pages)
        returns = np.array([self._texts[hash(block.text)] >= least for block in blocks], bool)
        own = self._chances[page]
        places = [self._numbers[block.signature] for block in blocks]
        trust = {place: self._trust(place, own.get(place)) for place in set(places)}
        return np.where(returns, -FURNITURE, [trust[place] for place in places])

    def _trust(self, place: int, own: float | None) -> float:
        """Give the log-odds of a place by its mean chance on the other pages, each the same."""
        others, summed = self._counts[place], self._sums[place]
        if own is not None:
            others, summed = others - 1, summed - own
        if others + 1 < FEWEST_PAGES:
            return 0.0
        mean = (summed + CAUTION / 2) / (others + CAUTION)
        return float(np.clip(TRUST * np.log(mean / (1 - mean)), -LIMIT, LIMIT))


def revise_together(pages: Callable[[], Iterable[bytes]]) -> list[str]:
    """Revise the texts of one outlet's pages, each in the light of the others.

    Parameters
    ----------
    pages
        Gives the evidence of each page, packed, one after the other; it is called twice.

    Returns
    -------
    list of str
        A text per page, in the same order.

    Notes
    -----
    What returns on several pages is furniture whatever one page looks like, and what stands where
    the other pages have their articles is likely the article's (the idea of a site's style tree,
    Yi, Liu and Li 2003, doi:10.1145/956750.956785). With fewer than three pages nothing is learned.
    """
    template = Template()
    for packed in pages():
        template.learn(unpack(packed))
    texts = []
    for number, packed in enumerate(pages()):
        evidence = unpack(packed)
        texts.append(revise(evidence, template.shift(evidence.blocks, number)))
    return texts
