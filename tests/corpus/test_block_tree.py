import numpy as np
from lxml import html

from analysis.corpus.block_tree import mark_other_articles, tree_features
from analysis.corpus.blocks import read_blocks

LONG = "word " * 120


def blocks(body):
    return read_blocks(html.document_fromstring(f"<html><body>{body}</body></html>"))


def others(body, title="Bridge closed"):
    """The texts (their first words) that stand in another article than the headline."""
    found = blocks(body)
    titles = np.array([block.text == title for block in found])
    marks = mark_other_articles(
        found, titles, np.array([len(b.text.split()) for b in found], float)
    )
    return [block.text[:9].strip() for block, mark in zip(found, marks, strict=True) if mark]


def test_way_to_the_container_of_the_article():
    found = blocks(
        "<div><p>a</p><p>b</p><ul><li>c</li></ul></div><footer><div><p>d</p></div></footer>"
    )
    features = tree_features(found, np.array([5.0, 5.0, 1.0, 1.0]))
    assert features["core holder"].tolist() == [1, 1, 0, 0]
    assert features["under core"].tolist() == [0, 0, 1, 0]
    assert np.expm1(features["levels up"]).round().tolist() == [0, 0, 0, 1]
    assert np.expm1(features["levels down"]).round().tolist() == [0, 0, 1, 2]


def test_an_article_inside_another_is_another_container():
    found = blocks("<article><p>a</p><article><p>b</p></article></article><p>c</p>")
    features = tree_features(found, np.array([9.0, 1.0, 1.0]))
    assert features["other article"].tolist() == [0, 1, 0]
    assert features["no article"].tolist() == [0, 0, 1]


def test_the_next_article_of_a_page_without_end():
    page = (
        f"<article><h1>Bridge closed</h1><p>{LONG}</p></article><p>more</p>"
        f"<article><h1>Ferry sails</h1><p>ferry {LONG}</p></article>"
    )
    assert others(page) == ["Ferry sai", "ferry wor"]


def test_a_live_blog_stays_in_one_piece():
    posts = (
        f"<article><h2>Noon</h2><p>{LONG}</p></article><article><h2>One</h2><p>{LONG}</p></article>"
    )
    assert others(f"<h1>Bridge closed</h1>{posts}") == []
    assert others(f"<article><h1>Bridge closed</h1><p>Follow us here.</p></article>{posts}") == []
    assert others(f"<article><h1>Bridge closed</h1><p>{LONG}</p>{posts}</article>") == []
