"""What cleaning in slices changes: the same corpus cleaned as a whole and cut into slices.

    python benchmarks/slices.py SOURCE [--most 12500]

SOURCE may be what recombine.py makes; it should have at most as many articles as are cleaned
together. Prints how many texts differ, and by how much all of them together.
"""

import argparse

import analysis
from analysis.corpus import slices


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("source")
    options.add_argument("--most", type=int, default=12_500, help="articles of a slice")
    given = options.parse_args()
    loaded = analysis.load(given.source)
    whole = analysis.clean(loaded).articles.set_index("article_id")["text"]
    slices.MOST_TOGETHER = given.most
    n_slices = len(slices.slice_articles(loaded))
    cut = analysis.clean(loaded).articles.set_index("article_id")["text"]
    both = whole.index.intersection(cut.index)
    differ = (whole[both] != cut[both]).mean()
    more = cut[both].str.len().sum() / whole[both].str.len().sum() - 1
    print(f"{len(loaded):,} articles in {n_slices} slices of {given.most:,} or somewhat more")
    print(f"rejected as a whole or in slices only: {len(whole) + len(cut) - 2 * len(both):,}")
    print(f"texts that differ: {differ:.1%}; characters kept in slices: {more:+.2%}")


if __name__ == "__main__":
    main()
