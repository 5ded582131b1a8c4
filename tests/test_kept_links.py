"""Links between articles are found once, kept with the corpus, and give what new ones give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import borderline_pairs, describe_events, group_events, kept_links, load
from analysis.corpus.schema import DataError
from analysis.kept_links import find_links_once
from analysis.text.event_links import link_articles


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return load("sample")


def shorten(path):
    """Leave the beginning of a file, in one that takes its place: others have it open."""
    head = path.read_bytes()[:150]
    path.unlink()
    path.write_bytes(head)


def arrays(links):
    matrices = (links.graph, links.weights)
    parts = [getattr(matrix, part) for matrix in matrices for part in kept_links.PARTS]
    return [array.tolist() for array in (*parts, links.order, links.terms)]


def test_kept_links_are_those_that_were_found(sample, tmp_path):
    found = link_articles(sample)
    for _ in range(2):  # made, and opened
        assert arrays(find_links_once(sample, tmp_path)) == arrays(found)


def test_events_labels_and_pairs_are_the_same_with_kept_links(sample, tmp_path):
    links = find_links_once(sample, tmp_path)
    events = group_events(sample)
    pd.testing.assert_series_equal(group_events(sample, links=links), events)
    pd.testing.assert_frame_equal(
        describe_events(sample, events, links=links),
        describe_events(sample, events),
        check_exact=True,
    )
    pd.testing.assert_frame_equal(
        borderline_pairs(sample, events, links=links),
        borderline_pairs(sample, events),
        check_exact=True,
    )


def test_links_are_found_once_for_the_same_articles_and_anew_for_others(
    sample, tmp_path, monkeypatch
):
    asked = []

    def count(articles):
        asked.append(len(articles))
        return link_articles(articles)

    monkeypatch.setattr(kept_links, "link_articles", count)
    some = sample.head(30)
    for articles in (sample, sample, some, some):
        find_links_once(articles, tmp_path)
    assert asked == [len(sample), 30]


def test_damaged_links_are_found_anew(sample, tmp_path):
    expected = arrays(find_links_once(sample, tmp_path))
    (folder,) = tmp_path.glob("links-*")
    for path in sorted(folder.glob("*.npy")):
        shorten(path)
        assert arrays(find_links_once(sample, tmp_path)) == expected
    np.save(folder / "order.npy", np.arange(3))
    assert arrays(find_links_once(sample, tmp_path)) == expected


def test_nothing_is_kept_where_the_corpus_is_gone(sample, tmp_path):
    gone = tmp_path / "gone"
    assert arrays(find_links_once(sample, gone)) == arrays(link_articles(sample))
    assert not gone.exists()


@pytest.mark.parametrize("texts", [["A bridge fell"], ["", ""], []])
def test_articles_without_links_are_kept_too(texts, tmp_path):
    articles = pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "text": texts})
    articles = articles.astype("str")
    for _ in range(2):
        links = find_links_once(articles, tmp_path)
        assert links.graph.shape == (len(texts), len(texts))
        assert group_events(articles, links=links).nunique() == len(texts)


def test_nothing_is_kept_where_the_corpus_may_only_be_read(sample, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write everywhere
    assert arrays(find_links_once(sample, tmp_path)) == arrays(link_articles(sample))
    assert not list(tmp_path.iterdir())


def test_links_of_other_texts_are_refused(sample):
    links = link_articles(sample)
    changed = sample.assign(text=[*sample["text"].iloc[:-1], "Rain fell."])
    with pytest.raises(DataError, match="the links are of"):
        group_events(changed, links=links)


def test_links_of_other_articles_are_refused(sample):
    links = link_articles(sample)
    with pytest.raises(DataError, match=f"the links are of {len(sample)} other articles"):
        group_events(sample.head(30), links=links)
    with pytest.raises(DataError, match="with the same rows"):
        describe_events(sample[::-1], group_events(sample), links=links)
