from lxml import html

from analysis.corpus.block_markup import markup_features
from analysis.corpus.blocks import read_blocks


def test_elements_around_a_block_and_their_names():
    page = (
        "<main><h2 class='headline'>a</h2><aside class='related-links'><div><p>b</p></div></aside>"
        "<p hidden>c</p></main>"
    )
    found = {
        name: column.tolist()
        for name, column in markup_features(read_blocks(html.document_fromstring(page))).items()
    }
    assert found["is heading"] == [1, 0, 0]
    assert found["is p"] == [0, 1, 1]
    assert found["in aside"] == [0, 1, 0]
    assert found["in main"] == [1, 1, 1]
    assert found["near headline"] == [1, 0, 0]
    assert found["cue related"] == [0, 1, 0]
    assert found["near related"] == [0, 0, 0]
    assert found["not shown"] == [0, 0, 1]
