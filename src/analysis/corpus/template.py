"""The template of an outlet's pages: what returns on them, and where their articles stand."""

from __future__ import annotations

import pickle
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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


@dataclass
class Template:
    """What was seen on the pages of one outlet.

    Attributes
    ----------
    pages
        The number of pages.
    texts
        On how many pages each text stands.
    chances
        By signature and page: the summed chance of its blocks, and their weight.
    """

    pages: int = 0
    texts: Counter[int] = field(default_factory=Counter)
    chances: dict[Signature, dict[int, tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def learn(self, evidence: Evidence) -> None:
        """Add a page."""
        if not evidence.blocks:
            return
        reading = Reading(evidence)
        weights = np.minimum(reading.size, MOST_WORDS)
        for block, chance, weight in zip(
            evidence.blocks, judge(reading), weights.tolist(), strict=True
        ):
            pages = self.chances[block.signature]
            summed, whole = pages.get(self.pages, (0.0, 0.0))
            pages[self.pages] = summed + float(chance) * weight, whole + weight
        self.texts.update({hash(block.text) for block in evidence.blocks})
        self.pages += 1

    def shift(self, blocks: Sequence[Block], page: int) -> NDArray[np.float64]:
        """Give the log-odds to be added for the blocks of the page with this number."""
        least = max(FEWEST_PAGES, SHARE_OF_PAGES * self.pages)
        returns = np.array([self.texts[hash(block.text)] >= least for block in blocks], bool)
        places = {block.signature for block in blocks}
        trust = {signature: self._trust(self.chances[signature], page) for signature in places}
        return np.where(returns, -FURNITURE, [trust[block.signature] for block in blocks])

    def _trust(self, chances: Mapping[int, tuple[float, float]], page: int) -> float:
        """Give the log-odds of a place by its mean chance on the other pages, each the same."""
        means = [s / whole for at, (s, whole) in chances.items() if at != page and whole]
        if len(means) + 1 < FEWEST_PAGES:
            return 0.0
        mean = (sum(means) + CAUTION / 2) / (len(means) + CAUTION)
        return float(np.clip(TRUST * np.log(mean / (1 - mean)), -LIMIT, LIMIT))


def revise_together(pages: Iterable[bytes]) -> list[str]:
    """Revise the texts of one outlet's pages, each in the light of the others.

    Parameters
    ----------
    pages
        The evidence of each page, packed.

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
    kept = list(pages)
    template = Template()
    numbers = []
    for packed in kept:
        numbers.append(template.pages)
        template.learn(unpack(packed))
    texts = []
    for number, packed in zip(numbers, kept, strict=True):
        evidence = unpack(packed)
        texts.append(revise(evidence, template.shift(evidence.blocks, number)))
    return texts
