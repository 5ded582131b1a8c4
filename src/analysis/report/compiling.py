"""Compiling the array functions of a fresh installation beside the preparation of a corpus.

The first run after an installation compiles what counts and compares, which takes as long as
cleaning some thousand articles. Cleaning needs one core: another process compiles meanwhile, and
numba keeps what it made on disk.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.compare.terms import compare_terms
from analysis.corpus.datasets import locate_built_in
from analysis.corpus.load import load
from analysis.corpus.places import is_address
from analysis.prepared import PACKAGE, list_files
from analysis.report.execute import start_worker
from analysis.text.events import group_events
from analysis.text.ngrams import LEAST_COMPILED_TOKENS
from analysis.text.reuse import find_reuse
from analysis.text.scan import LEAST_COMPILED_BYTES
from analysis.text.tokens import tokenize


@contextmanager
def compiling_beside(source: str) -> Iterator[None]:
    """Compile in a process of its own meanwhile, if that was never done and the source is large."""
    if is_compiled() or size_of(source) < LEAST_COMPILED_BYTES:
        yield
        return
    process = multiprocessing.get_context("spawn").Process(target=compile_all, daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def is_compiled() -> bool:
    """Say whether numba kept machine code beside the modules."""
    kept = PACKAGE / "text" / "__pycache__"
    return any(kept.glob("scan_kernels.*.nbi"))


def size_of(source: str) -> int:
    """Give the bytes of a source's files; 0 where they cannot be known, as at an address."""
    if is_address(source):
        return 0
    root = locate_built_in(source) or Path(source)
    try:
        return sum(path.stat().st_size for path in list_files(root))
    except OSError:
        return 0


def compile_all() -> None:
    """Count and compare the sample, as often as it takes for machine code to pay."""
    start_worker()
    sample = load("sample")
    letters = int(sample["text"].str.len().sum())
    n = 1 + max(LEAST_COMPILED_BYTES, 8 * LEAST_COMPILED_TOKENS) // letters
    parts = [sample.assign(article_id=sample["article_id"] + f"-{number}") for number in range(n)]
    articles = pd.concat(parts, ignore_index=True)
    find_reuse(articles)
    counts = tokenize(articles).counts(ngrams=(1, 2))
    group_events(articles)
    compare_terms(counts)
