"""How often chance is announced where one side's articles are shorter, as teasers and feeds are.

    python benchmarks/cut_short.py [--corpus newsarticles] [--share 0.33] [--runs 8]

Each outlet's articles are dealt into two halves at random; of each text of one half only a stretch
stays, from anywhere in it, and the halves are compared: whatever is announced is a false discovery.
(The first lines of articles have other words than the rest; that would be a true difference.)
"""

import argparse

import numpy as np
import pandas as pd

import analysis

LEAST_ARTICLES = 100
LEVEL = 0.05


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", default="newsarticles")
    options.add_argument("--share", type=float, default=1 / 3)
    options.add_argument("--runs", type=int, default=8)
    options = options.parse_args()
    articles = analysis.prepare(options.corpus).articles
    outlets = articles["outlet"].value_counts()
    announcing, runs = 0, 0
    for outlet in outlets[outlets >= LEAST_ARTICLES].index.sort_values():
        own = articles[articles["outlet"] == outlet]
        found = [announced(own, options.share, seed) for seed in range(options.runs)]
        announcing, runs = announcing + sum(map(bool, found)), runs + len(found)
        print(f"{outlet}: terms announced in each run {found}")
    print(f"{announcing} of {runs} runs announce a term, texts cut to {options.share:.0%}")


def announced(articles: pd.DataFrame, share: float, seed: int) -> int:
    """Count the terms that tell two halves of one outlet apart, one half's texts cut short."""
    random = np.random.default_rng(seed)
    half = random.permutation(len(articles)) % 2
    texts = [
        stretch(text, share, random.random()) if cut else text
        for text, cut in zip(articles["text"], half, strict=True)
    ]
    dealt = articles.assign(text=texts, half=np.where(half, "cut", "whole"))
    counts = analysis.tokenize(dealt).counts(min_articles=5)
    terms = analysis.compare_terms(counts, by="half")
    return int((terms["q"] <= LEVEL).sum()) // 2  # each of the two halves has a row


def stretch(text: str, share: float, place: float) -> str:
    """Keep a share of a text's words, from a place between its beginning (0) and its end (1)."""
    words = text.split(" ")
    kept = max(1, round(len(words) * share))
    first = int(place * (len(words) - kept + 1))
    return " ".join(words[first : first + kept])


if __name__ == "__main__":
    main()
