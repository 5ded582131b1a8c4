import numpy as np
from lxml import html

from analysis.corpus.block_kinds import kind_features
from analysis.corpus.blocks import read_blocks

PAGE = (
    "<html><body><div class='part'><p>a</p><p>b</p></div>"
    "<aside><p><a href='/'>c</a></p></aside><div class='part'><p>d</p></div></body></html>"
)


def features():
    blocks = read_blocks(html.document_fromstring(PAGE))
    size, prose = np.array([20.0, 40.0, 4.0, 30.0]), np.array([1.0, 1.0, 0.0, 0.0])
    linked = np.array([block.linked for block in blocks])
    return {k: v.tolist() for k, v in kind_features(blocks, size, prose, linked).items()}


def test_a_second_container_of_the_article_is_of_its_kind():
    found = features()
    assert found["prose of its kind"] == [1, 1, 0, 1]
    assert found["kind of prose"] == [1, 1, 0, 1]
    assert np.expm1(found["log blocks of its kind"]).round(6).tolist() == [3, 3, 1, 3]
    assert np.expm1(found["log words of its kind"]).round(6).tolist() == [30, 30, 4, 30]
    assert found["links of its kind"] == [0, 0, 1, 0]


def test_levels_are_counted_from_prose():
    blocks = read_blocks(html.document_fromstring("<div><p>a</p><ul><li>b</li></ul></div>"))
    found = kind_features(blocks, np.array([9.0, 9.0]), np.array([1.0, 0.0]), np.zeros(2))
    assert found["levels below prose"].tolist() == [0, 1]


def test_a_page_without_prose_has_no_kind_of_it():
    blocks = read_blocks(html.document_fromstring("<p>a</p><p>b</p>"))
    found = kind_features(blocks, np.ones(2), np.zeros(2), np.zeros(2))
    assert found["kind of prose"].tolist() == [0, 0]
    assert found["levels from prose"].tolist() == [0, 0]
