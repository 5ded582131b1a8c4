"""Makes a large corpus of a small one, which stays like news in what costs time.

    python benchmarks/recombine.py OUT SOURCE [SOURCE ...] [--megabytes 200] [--outlets 12]

The articles of the largest outlets stand in OUT once, then in further blocks in which the rarer
words are exchanged for others of about the same frequency, and the dates moved on: lengths,
vocabulary, quotations, furniture and the number of articles about one event stay what they are,
while no article stands there twice. Each block is a JSON Lines file.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

import analysis

WORD = re.compile(r"[A-Za-z]{3,}")
KEPT_WORDS = 2000  # the commonest stay: they make sentences, cues and furniture
NEIGHBOURS = 50  # words of about one frequency, among which is exchanged


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("out", type=Path)
    options.add_argument("sources", nargs="+")
    options.add_argument("--megabytes", type=float, default=200)
    options.add_argument("--outlets", type=int, default=12)
    given = options.parse_args()
    articles = pd.concat([analysis.load(source) for source in given.sources], ignore_index=True)
    largest = articles["outlet"].value_counts().drop("", errors="ignore").index[: given.outlets]
    articles = articles[articles["outlet"].isin(largest)].reset_index(drop=True)
    given.out.mkdir(parents=True, exist_ok=True)
    size = sum(len(text.encode()) for text in articles["text"]) / 1e6
    ranks = rank_words(articles["text"])
    for number in range(int(np.ceil(given.megabytes / size))):
        block = exchange(articles, ranks, number)
        block.to_json(
            given.out / f"block-{number:03}.jsonl", orient="records", lines=True, force_ascii=False,
            date_format="iso",
        )  # fmt: skip
        print(f"block {number}: {len(block):,} articles, {size:.1f} MB of text", flush=True)


def rank_words(texts: pd.Series) -> list[str]:
    """Give the words that are exchanged, the commonest first."""
    counts = Counter(word.lower() for text in texts for word in WORD.findall(text))
    return [word for word, _ in counts.most_common()][KEPT_WORDS:]


def exchange(articles: pd.DataFrame, ranks: list[str], number: int) -> pd.DataFrame:
    """Make a block: the articles themselves if its number is 0."""
    ours = ["article_id", "outlet", "published", "title", "url", "text"]
    block = articles[ours].assign(article_id=[f"b{number}-{n}" for n in range(len(articles))])
    if not number:
        return block
    swaps: dict[str, str] = {}
    draw = np.random.default_rng(number)
    for start in range(0, len(ranks), NEIGHBOURS):
        near = ranks[start : start + NEIGHBOURS]
        swaps |= dict(zip(near, draw.permutation(near).tolist(), strict=True))

    def swapped(match: re.Match[str]) -> str:
        word = match.group()
        other = swaps.get(word.lower(), word.lower())
        if word.isupper():
            return other.upper()
        return other.capitalize() if word[0].isupper() else other

    texts = {name: [WORD.sub(swapped, text) for text in block[name]] for name in ("title", "text")}
    moved = block["published"] + pd.Timedelta(days=400 * number)
    return block.assign(**texts, published=moved)


if __name__ == "__main__":
    main()
