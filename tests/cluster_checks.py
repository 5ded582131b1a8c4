"""What tests of clusters share: corpora held against each other, and a worker killed."""

import filecmp
import os
import signal
import threading
import time
from contextlib import contextmanager

import pandas as pd

from analysis.compare.terms import compare_terms

FRAMES = ("loaded", "articles", "removed", "rejected", "set_aside", "quotes")


def named_only(counts):
    return counts.take_articles(counts.articles["outlet"].ne("").to_numpy())


def assert_same(one, other):
    assert one.folder != other.folder
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    for name in ("ids", "starts", "ends", "pointer", "terms"):
        file = f"tokens-{name}.npy"
        assert filecmp.cmp(one.folder / file, other.folder / file, shallow=False)
    for article_id, text in zip(one.articles["article_id"], one.articles["text"], strict=True):
        span = one.cleaned.locate(article_id, 3, len(text))
        assert other.cleaned.locate(article_id, 3, len(text)) == span
    counts, others = (named_only(corpus.counts(min_articles=2)) for corpus in (one, other))
    assert counts.matrix.nnz
    assert (counts.matrix != others.matrix).nnz == 0
    pd.testing.assert_frame_equal(compare_terms(counts), compare_terms(others), rtol=1e-9)


@contextmanager
def kill_holder(client):
    """Kill the first worker that holds results of cleaning, which are lost with it."""
    pids = client.run(os.getpid)
    killed = []

    def kill():
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not killed:
            for address, held in client.has_what().items():
                if any("cut_part" in str(key) for key in held):
                    os.kill(pids[address], signal.SIGKILL)
                    killed.append(address)
                    return
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        killer.join()
