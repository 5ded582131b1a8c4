from lxml import html

from analysis.corpus.blocks import find_cues, read_blocks


def blocks(body):
    return read_blocks(html.document_fromstring(f"<html><body>{body}</body></html>"))


def test_a_block_per_line_in_the_order_of_the_page():
    found = blocks("one <b>two</b><p>three<br>four</p>five<!-- no -->six<script>no</script> seven")
    assert [block.text for block in found] == ["one two", "three", "four", "fivesix seven"]


def test_share_of_links_and_bold_print():
    (found,) = blocks("<p><a href='/'>abcd</a> ef <strong>gh</strong></p>")
    assert (found.linked, found.strong) == (0.5, 0.25)


def test_siblings_share_holder_and_signature():
    one, two, other = blocks(
        "<div class='story'><p class='x1'>One.</p><p class='x2'>Two.</p></div><aside>Three.</aside>"
    )
    assert one.holder == two.holder != other.holder
    assert one.signature == two.signature != other.signature


def test_hidden_elements():
    found = blocks("<div style='display: none'><p>a</p></div><p hidden>b</p><p>c</p>")
    assert [block.hidden for block in found] == [True, True, False]


def test_cues_in_names():
    assert "newsletter" in find_cues("article__newsletterSignup")
    assert "body" in find_cues("StoryBody__text")
    assert find_cues("qwx") == frozenset()
